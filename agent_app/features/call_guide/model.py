"""The work column's values in words: the line under the name, what a guide's texts are filled with."""

from collections.abc import Mapping
from datetime import tzinfo

from agent_app.features.call_guide.state import (
    Call,
    CallGuideState,
    CallPhase,
    GuidePhase,
    Header,
    Locating,
    Notice,
    StartingOver,
)
from agent_app.store.queries.guide_facts import GuideFacts
from agent_app.ui import formats
from agent_app.ui.clock_words import place_words
from agent_app.ui.i18n import translate
from agent_app.ui.reason_words import also_text, reason_text
from agent_app.ui.tokens import Tone
from agent_app.ui.words import disposition_label
from server_sync.domain.clock import HOUR, MINUTE, SECOND
from server_sync.domain.model import Channel
from server_sync.domain.rules.dialling_modes import Dialling, DiallingMode
from server_sync.domain.rules.places import inaccurate

SOON = 4 * HOUR
LATE = 15 * MINUTE
MOST_NAMED = 2
START_OVER_KEY, BRING_BACK_KEY = "Ctrl+Shift+N", "Ctrl+Shift+B"


def prefill(facts: GuideFacts, tz: tzinfo) -> Mapping[str, str]:
    """The facts under the names that every guide may count on (forms/prefill), as one would say them. What the task's
    reason brings along under one of these names goes before."""
    contact_on = "" if facts.last_contact_at is None else formats.today(facts.last_contact_at, tz).isoformat()
    known = {
        "customer_name": facts.customer_name,
        "salutation": facts.title,
        "customer_type": facts.kind,
        "tier": facts.tier,
        "company_name": facts.company_name,
        "agent_name": facts.agent_name,
        "agent_number": facts.agent_login,
        "order_summary": order_summary(facts.products),
        "order_on": facts.order_on,
        "last_contact_on": contact_on,
        "last_contact_summary": "",
        "ticket_summary": "",
        "ticket_on": "",
    }
    given = {name: str(value) for name, value in facts.given.items() if name in known and value is not None}
    return {**known, **given}


def order_summary(products: tuple[str, ...]) -> str:
    """What was bought in a few words: 椅子、书架等 3 种商品."""
    if len(products) <= MOST_NAMED:
        return translate("CallGuide", ", ").join(products)
    named = translate("CallGuide", ", ").join(products[:MOST_NAMED])
    return translate("CallGuide", "{named} and others, %n kinds", len(products)).format(named=named)


def called(header: Header) -> str:
    """The customer's name with his title: 客户女士, Ms Customer."""
    if not header.title:
        return header.name
    return f"{header.title} {header.name}" if header.name.isascii() else f"{header.name} {header.title}"


def why(header: Header, now: int, tz: tzinfo) -> str:
    """Why the customer is called, and what for as well."""
    reason = reason_text(header.reason, header.reason_values, now, tz)
    return " · ".join(part for part in (reason, also_text(header.also, now, tz)) if part)


def dialling_words(dialling: Dialling) -> str:
    """How the task is dialled, for the line at the foot."""
    seconds = dialling.countdown // SECOND
    return {
        DiallingMode.PREVIEW: translate("CallGuide", "Preview: you dial"),
        DiallingMode.PROGRESSIVE: translate("CallGuide", "Progressive: dials after {seconds} s").format(
            seconds=seconds
        ),
        DiallingMode.MANUAL: translate("CallGuide", "Manual: you choose and dial"),
    }[dialling.mode]


def dials_words(dials_at: int, now: int) -> str:
    """The countdown of a call that the desk dials by itself."""
    left = max(-(-(dials_at - now) // SECOND), 0)
    return translate("CallGuide", "Dials in {seconds} s. F6 stops it; F5 dials at once.").format(seconds=left)


def countdown(header: Header, now: int, tz: tzinfo) -> tuple[str, Tone | None]:
    """What is left of the time, or when the appointment is."""
    if header.appointment_at is not None:
        words = translate("CallGuide", "Appointment {moment}")
        tone = Tone.DANGER if header.appointment_at < now - LATE else Tone.WARNING
        return words.format(moment=formats.moment(header.appointment_at, now, tz)), tone
    if header.due_at < now:
        return formats.due(header.due_at, now), Tone.DANGER
    return formats.due(header.due_at, now), Tone.WARNING if header.due_at - now < SOON else None


def place_of(header: Header) -> str:
    """Where the customer is; for a visit, where to go."""
    if header.channel != Channel.VISIT or not header.address:
        return header.place
    return " ".join(part for part in (header.place, header.address) if part)


def begin_words(state: CallGuideState) -> str:
    """What begins the contact."""
    return translate("CallGuide", "Check in") if state.visits else translate("CallGuide", "Dial")


def check_in_words(state: CallGuideState) -> tuple[str, Tone]:
    """Where a visit takes place, as far as it is known; a position that is inaccurate is kept all the same."""
    place = state.place
    if place is None:
        return {
            Locating.SEARCHING: translate("CallGuide", "Looking for the position…"),
            Locating.IDLE: translate("CallGuide", "Checked in without a position. F5 looks for it again."),
            Locating.IMPOSSIBLE: translate(
                "CallGuide", "Checked in. This computer cannot find its position: type it, or leave it open."
            ),
        }[state.locating], Tone.ACCENT
    at = place_words(vars(place.position))
    accuracy = place.position.accuracy
    if accuracy is None:
        words = translate("CallGuide", "Checked in at {position}, accuracy not known.")
        return words.format(position=at), Tone.ACCENT
    if inaccurate(accuracy):
        words = translate(
            "CallGuide",
            "Checked in at {position}. This is less accurate than 30 m; it is kept with that, and F5 tries again.",
        )
        return words.format(position=at), Tone.WARNING
    return translate("CallGuide", "Checked in at {position}.").format(position=at), Tone.SUCCESS


def call_status(call: Call, now: int, *, visits: bool = False) -> tuple[str, Tone]:
    """The call's or visit's state with its clock."""
    if visits and call.started_at is not None:
        on_site = translate("CallGuide", "On site {clock}")
        return on_site.format(clock=formats.stopwatch(now - call.started_at)), Tone.SUCCESS
    if call.phase is CallPhase.NONE or call.started_at is None:
        return translate("CallGuide", "Not dialled"), Tone.NEUTRAL
    if call.phase is CallPhase.RUNNING:
        clock = formats.stopwatch(now - call.started_at)
        return translate("CallGuide", "Call {clock}").format(clock=clock), Tone.SUCCESS
    clock = formats.stopwatch((call.ended_at or now) - call.started_at)
    return translate("CallGuide", "Ended {clock}").format(clock=clock), Tone.WARNING


def notice_words(notice: Notice) -> str:
    """Why a key did nothing."""
    return {
        Notice.NO_NUMBER: translate(
            "CallGuide", "There is no number to dial. Correct it at the right, or log the call by F8."
        ),
        Notice.WRAP_UP_FIRST: translate("CallGuide", "This call waits for its wrap-up (F8) before the next."),
    }[notice]


def draft_words(state: CallGuideState) -> tuple[str, str]:
    """What was found as it had been left, or that it is begun anew, and what can be done about it."""
    over = translate("CallGuide", "Start over ({key})").format(key=START_OVER_KEY)
    back = translate("CallGuide", "Bring back ({key})").format(key=BRING_BACK_KEY)
    if state.again is StartingOver.ASKED:
        words = translate(
            "CallGuide", "Start over? The answers so far can be brought back until the call is wrapped up."
        )
        return words, over
    if state.again is StartingOver.DONE:
        words = translate(
            "CallGuide", "Started over. The former answers can be brought back until the call is wrapped up."
        )
        return words, back
    if state.resumed_at is None:
        return "", ""
    saved = formats.ago(state.resumed_at, state.now)
    if state.resumed_question is not None:
        words = translate("CallGuide", "Resumed at question {number}, saved {ago}.")
        return words.format(number=state.resumed_question, ago=saved), over
    if state.form is not None and state.form.page is None:
        return translate("CallGuide", "Resumed at the end of the guide, saved {ago}.").format(ago=saved), over
    return translate("CallGuide", "Resumed as it was saved {ago}.").format(ago=saved), ""


def empty_words(state: CallGuideState) -> tuple[str, str] | None:
    """What stands in place of the guide where there is none to show, as title and sentence."""
    header = state.header
    if state.task_id is None:
        return (
            translate("CallGuide", "Nobody is open"),
            translate("CallGuide", "Press F2 for the next customer, or choose one on the left."),
        )
    if state.missing:
        return (
            translate("CallGuide", "This task is no longer here"),
            translate("CallGuide", "It was given to somebody else, or has ended. Press F2 for the next."),
        )
    if header is None:
        return None
    if not header.is_open:
        result = disposition_label(header.disposition) if header.disposition else ""
        return (
            translate("CallGuide", "Done: {result}").format(result=result)
            if result
            else translate("CallGuide", "This task has ended"),
            translate("CallGuide", "Everything is saved. Press Ctrl F2 for the next visit.")
            if state.visits
            else translate("CallGuide", "Everything is saved. Press F2 for the next customer."),
        )
    if state.guide is GuidePhase.NONE:
        return (
            translate("CallGuide", "No guide for this task"),
            translate("CallGuide", "Call, and wrap up with a note (F8)."),
        )
    if state.guide is GuidePhase.UNREADABLE:
        return (
            translate("CallGuide", "The guide cannot be shown"),
            translate("CallGuide", "You can go on: call, and wrap up with a note (F8)."),
        )
    return None
