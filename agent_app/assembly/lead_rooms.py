"""The rooms that only leads and administrators have: computers, what was answered, working time, articles, goals,
forms, plans, ladders."""

from collections.abc import Callable
from dataclasses import dataclass

from agent_app.actions.session import DeskSession
from agent_app.features.articles.view import ArticlesFeature
from agent_app.features.calendar.view import CalendarFeature
from agent_app.features.call_guide.model import prefill
from agent_app.features.devices.view import Ask, DevicesFeature
from agent_app.features.escalations.view import EscalationsFeature
from agent_app.features.forms.view import FormsFeature
from agent_app.features.goals.view import GoalsFeature
from agent_app.features.ladders.view import LaddersFeature
from agent_app.features.plans.view import PlansFeature
from agent_app.features.responses.view import ResponsesFeature
from agent_app.ports import Net, Route
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.sync.forms import FormsOffice
from agent_app.sync.plans import PlansOffice
from agent_app.ui.i18n import translate


@dataclass(frozen=True)
class LeadRooms:
    """What stands in the window of a lead besides the team's figures."""

    devices: DevicesFeature
    responses: ResponsesFeature
    calendar: CalendarFeature
    articles: ArticlesFeature
    escalations: EscalationsFeature
    goals: GoalsFeature


def add_lead_rooms(
    window: MainWindow, session: DeskSession, route: Callable[[Route], object], ask: Ask
) -> LeadRooms:
    """Put them into the window, each a place of its own."""

    def tell_count(count: int) -> None:
        window.set_count("escalations", count, translate("Window", "%n escalation(s) to look at", count))

    rooms = LeadRooms(
        DevicesFeature(session, ask),
        ResponsesFeature(session, route),
        CalendarFeature(session),
        ArticlesFeature(session),
        EscalationsFeature(session, route, tell_count),
        GoalsFeature(session, ask),
    )
    raised = rooms.escalations
    title = translate("Window", "Raised")
    window.add_place(Place("escalations", "bell-ringing", title, raised, raised.listing))
    answers = rooms.responses
    window.add_place(Place("devices", "desktop", translate("Window", "Devices"), rooms.devices))
    title = translate("Window", "Answers")
    window.add_place(Place("responses", "chat-text", title, answers.table, answers.filters, answers.reading))
    window.add_place(Place("calendar", "calendar-blank", translate("Window", "Calendar"), rooms.calendar))
    title, kept = translate("Window", "Articles"), rooms.articles
    window.add_place(Place("articles", "book-open", title, kept, kept.listing))
    title, aims = translate("Window", "Goals"), rooms.goals
    window.add_place(Place("goals", "target", title, aims, aims.listing))
    return rooms


def add_forms(
    window: MainWindow, session: DeskSession, net: Net, route: Callable[[Route], object]
) -> FormsFeature:
    """The place of the forms, an administrator's alone; a trial fills their texts as a call does."""
    timezone = session.timezone
    made = FormsFeature(session, FormsOffice(net), lambda facts: prefill(facts, timezone), route)
    title = translate("Window", "Forms")
    window.add_place(Place("forms", "clipboard-text", title, made.room, made.listing))
    return made


def add_plans(window: MainWindow, session: DeskSession, net: Net, ask: Ask) -> PlansFeature:
    """The place of the plans, an administrator's alone."""
    made = PlansFeature(session, PlansOffice(net), ask)
    window.add_place(Place("plans", "path", translate("Window", "Plans"), made, made.listing))
    return made


def add_ladders(window: MainWindow, session: DeskSession, ask: Ask) -> LaddersFeature:
    """The place of the ladders of reminders, an administrator's alone."""
    made = LaddersFeature(session, ask)
    window.add_place(Place("ladders", "alarm", translate("Window", "Ladders"), made, made.listing))
    return made
