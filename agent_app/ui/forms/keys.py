"""The keys of every form of a window; what a form does by Enter, letters and digits is the page's."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from agent_app.ports import KeyBinding
from agent_app.ui.forms.cards import GUIDANCE_KEY
from agent_app.ui.forms.side import SIDE_KEY
from agent_app.ui.forms.view import LANGUAGE_KEY, REMOVE_KEY, FormView
from agent_app.ui.i18n import translate


def form_keys(window: QWidget) -> tuple[KeyBinding, ...]:
    """Actions to be bound once for the whole window: each goes to the form that is seen, and does nothing without
    one."""

    def to_seen(act: Callable[[FormView], object]) -> Callable[[], None]:
        def press() -> None:
            seen = next((one for one in window.findChildren(FormView) if one.isVisible()), None)
            if seen is not None:
                act(seen)

        return press

    questions, guidance = translate("Form", "All questions"), translate("Form", "Guidance")
    language, remove = translate("Form", "Next language"), translate("Form", "Remove this entry")
    return (
        KeyBinding("form.questions", SIDE_KEY, questions, to_seen(FormView.toggle_side)),
        KeyBinding("form.guidance", GUIDANCE_KEY, guidance, to_seen(FormView.toggle_guidance)),
        KeyBinding("form.language", LANGUAGE_KEY, language, to_seen(FormView.turn_language)),
        KeyBinding("form.remove", REMOVE_KEY, remove, to_seen(FormView.remove)),
    )
