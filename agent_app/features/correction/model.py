"""A correction in words: which edition is being made, and that what was handed in stays as it is."""

from agent_app.features.correction.state import CorrectionState, Phase
from agent_app.ui import formats
from agent_app.ui.i18n import translate


def title(state: CorrectionState) -> str:
    """The form, and which edition of the answers this will be."""
    if not state.editions:
        return translate("Correction", "Answers")
    number = state.editions[-1].number + (1 if state.phase is Phase.OPEN else 0)
    words = translate("Correction", "{form} · edition {number}")
    return words.format(form=state.title or translate("Correction", "Answers"), number=number)


def frozen_words(state: CorrectionState) -> str:
    """Why nothing here changes what was handed in, and what was found as it had been left."""
    if not state.editions:
        return ""
    last = state.editions[-1]
    words = (
        translate("Correction", "Edition {number} is on its way to the server and stays as it is.")
        if last.waiting
        else translate("Correction", "Edition {number} stays as it is.")
    ).format(number=last.number)
    if state.phase is Phase.FROZEN:
        who = translate("Correction", "Who recorded it or leads the team may correct it.")
        return f"{words} {who}"
    saved = translate("Correction", "What you save here becomes the next edition.")
    if state.resumed_at is None:
        return f"{words} {saved}"
    resumed = translate("Correction", "Resumed as it was saved {ago}.")
    return f"{words} {saved} {resumed.format(ago=formats.ago(state.resumed_at, state.now))}"


def empty_words(state: CorrectionState) -> tuple[str, str] | None:
    """What stands in place of the form where there is none."""
    if state.phase is Phase.MISSING:
        return (
            translate("Correction", "These answers are no longer here"),
            translate("Correction", "The customer was given to somebody else."),
        )
    if state.phase is Phase.UNREADABLE:
        return (
            translate("Correction", "The form cannot be shown"),
            translate("Correction", "Nothing is lost: the answers stay as they are."),
        )
    if state.form is not None and state.form.page is None:
        return (
            translate("Correction", "The form is at its end"),
            translate("Correction", "Save the edition, or go back and look again."),
        )
    return None
