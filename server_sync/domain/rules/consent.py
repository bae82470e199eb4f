"""Whether a customer agreed to be contacted for a purpose (CONVENTIONS, compliance: consent, withdrawal)."""

from collections.abc import Iterable, Mapping
from typing import Any

from server_sync.domain.rules.reason import Reason, reason

NEVER_ASKED = ("allowed", "refused")
"""What the setting "consent" may say of one who was never asked."""


def standing(
    entries: Iterable[Mapping[str, Any]], purpose: str, channel: str, at: int
) -> Mapping[str, Any] | None:
    """The latest word of the customer on this purpose and channel; one that names no channel is for all of them.

    Of two words of the same moment the one against the contact counts.
    """
    words = [
        entry
        for entry in entries
        if entry["purpose"] == purpose and entry["channel"] in (None, channel) and entry["given_at"] <= at
    ]
    return max(words, key=lambda entry: (entry["given_at"], not holds(entry, at), entry["id"]), default=None)


def holds(entry: Mapping[str, Any], at: int) -> bool:
    """Whether a word allows the contact at a moment: given, and not withdrawn by then."""
    withdrawn_at = entry["withdrawn_at"]
    return bool(entry["granted"]) and (withdrawn_at is None or withdrawn_at > at)


def refusal(
    entries: Iterable[Mapping[str, Any]], purpose: str, channel: str, at: int, setting: Mapping[str, Any]
) -> Reason | None:
    """Why there is no consent to the contact: "no_consent" {purpose, answer, since_at}, or None.

    The setting: {"purposes": those that need consent, "never_asked": one of NEVER_ASKED}. `answer` is "withdrawn" or
    "declined" with the moment, or "never_asked" with none.
    """
    if purpose not in setting["purposes"]:
        return None
    word = standing(entries, purpose, channel, at)
    if word is None:
        allowed = setting["never_asked"] == "allowed"
        return None if allowed else reason("no_consent", purpose=purpose, answer="never_asked", since_at=None)
    if holds(word, at):
        return None
    answer = "withdrawn" if word["granted"] else "declined"
    since_at = word["withdrawn_at"] if word["granted"] else word["given_at"]
    return reason("no_consent", purpose=purpose, answer=answer, since_at=since_at)
