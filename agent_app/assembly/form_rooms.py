"""The rooms that leads and administrators have for forms: what was answered, and the forms themselves."""

from collections.abc import Callable

from agent_app.actions.session import DeskSession
from agent_app.features.call_guide.model import prefill
from agent_app.features.forms.view import FormsFeature
from agent_app.features.responses.view import ResponsesFeature
from agent_app.ports import Net, Route
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.sync.forms import FormsOffice
from agent_app.ui.i18n import translate


def add_responses(
    window: MainWindow, session: DeskSession, route: Callable[[Route], object]
) -> ResponsesFeature:
    """The place of what was answered."""
    made = ResponsesFeature(session, route)
    title = translate("Window", "Responses")
    window.add_place(Place("responses", "chat-text", title, made.table, made.filters, made.reading))
    return made


def add_forms(
    window: MainWindow, session: DeskSession, net: Net, route: Callable[[Route], object]
) -> FormsFeature:
    """The place of the forms; a trial fills their texts as a call does."""
    timezone = session.timezone
    made = FormsFeature(session, FormsOffice(net), lambda facts: prefill(facts, timezone), route)
    title = translate("Window", "Forms")
    window.add_place(Place("forms", "clipboard-text", title, made.room, made.listing))
    return made
