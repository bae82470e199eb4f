"""What every room of definitions says: what is wrong with a field, what is not saved, what somebody else wrote."""

from collections.abc import Iterable
from datetime import tzinfo

from agent_app.ui import formats
from agent_app.ui.definitions.state import Fault
from agent_app.ui.i18n import translate
from server_sync.domain.errors import ErrorKind


def fault_words(fault: Fault) -> str:
    """What is wrong with a field."""
    values = fault.values
    empty = values.get("value") in (None, "", []) and "not_before" not in values
    if fault.kind is ErrorKind.FIELD_MISSING or (empty and ("longest" in values or "choices" in values)):
        return translate("Definitions", "Required")
    if fault.kind is ErrorKind.CONDITION_INVALID:
        return translate("Definitions", "A condition is not complete")
    if "choices" in values:
        return translate("Definitions", "Choose one")
    if values.get("decimal"):
        return translate("Definitions", "A number from {least} to {most}").format(
            least=values["least"], most=values["most"]
        )
    if "least" in values:
        return translate("Definitions", "A whole number from {least} to {most}").format(
            least=values["least"], most=values["most"]
        )
    if "longest" in values:
        return translate("Definitions", "At most {longest} characters").format(longest=values["longest"])
    if "not_before" in values:
        return translate("Definitions", "Not before {day}").format(day=values["not_before"])
    if "later" in values:
        return translate("Definitions", "Each contact has to be later than the one before")
    if "most" in values:
        return translate("Definitions", "At most {most}").format(most=values["most"])
    if fault.kind is ErrorKind.OUT_OF_RANGE:
        return translate("Definitions", "A number that is not too large, and its unit")
    return translate("Definitions", "This is not understood")


def resumed_words(resumed_at: int | None, now: int, tz: tzinfo) -> str:
    """That what is open was found as it was left; "" where it was not."""
    if resumed_at is None:
        return ""
    words = translate("Definitions", "Not saved yet. It stands as you left it: {moment}.")
    return words.format(moment=formats.moment(resumed_at, now, tz))


def joined(words: Iterable[str]) -> str:
    """One after the other."""
    return translate("Definitions", ", ").join(words)
