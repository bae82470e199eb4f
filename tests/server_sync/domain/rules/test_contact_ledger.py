"""What stands against contacting a customer: the vectors of the contact ledger, before a task and before a dial."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Channel, Purpose, Tier, Urgency
from server_sync.domain.rules import consent
from server_sync.domain.rules.contact_ledger import SETTINGS, Contact, Ledger, against_contact, against_task
from server_sync.domain.rules.settings import DEFAULTS

NOON = round(datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp() * 1000)
CUSTOMER, TASK, OTHER_TASK, ONE, TWO = b"c" * 16, b"t" * 16, b"u" * 16, b"1" * 16, b"2" * 16
STRICT = {"consent": {"purposes": ["marketing"], "never_asked": "refused"}}
FREE: dict[str, dict[str, Any]] = {
    "contact_fatigue": {"per_day": {}, "per_week": {}, "hours_between": {}},
    "contact_frequency": {"per_day": 99, "per_week": 99, "minutes_between": 0},
}

Row = dict[str, Any]


def customer(**values: Any) -> Row:
    return {"id": CUSTOMER, "tier": Tier.NORMAL, "region": "西北", "province": None} | values


def refused(scope: str, **values: Any) -> Row:
    entry = {"id": b"d" * 16, "scope": scope, "source": "call", "set_at": NOON - DAY, "cleared_at": None}
    return entry | values


def word(granted: bool = True, **values: Any) -> Row:
    entry = {"id": b"w" * 16, "purpose": Purpose.MARKETING, "channel": None, "granted": granted}
    return entry | {"given_at": NOON - DAY, "withdrawn_at": None} | values


def call(ago: int, disposition: str | None = "3.13", **values: Any) -> Row:
    made = {"task_id": OTHER_TASK, "contact_point_id": ONE, "channel": Channel.PHONE}
    return made | {"started_at": NOON - ago, "disposition": disposition} | values


def settings_with(given: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {key: {**DEFAULTS[key], **given.get(key, {})} for key in SETTINGS}


@dataclass(frozen=True)
class Vector:
    """A customer's rows and a contact, with what stands against it: kinds, with `per` behind those of frequency."""

    name: str
    expected: tuple[str, ...]
    ledger: Ledger = field(default_factory=lambda: Ledger(customer(), (), (), ()))
    contact: Contact = field(default_factory=lambda: Contact(Purpose.SERVICE, Channel.PHONE, NOON))
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def marketing(**values: Any) -> Contact:
    return replace(Contact(Purpose.MARKETING, Channel.PHONE, NOON), **values)


def service(**values: Any) -> Contact:
    return replace(Contact(Purpose.SERVICE, Channel.PHONE, NOON), **values)


def with_words(*consents: Row) -> Ledger:
    return Ledger(customer(), (), consents, ())


def with_calls(*attempts: Row, tier: str = Tier.NORMAL) -> Ledger:
    return Ledger(customer(tier=tier), (), (), attempts)


def with_entries(*entries: Row) -> Ledger:
    return Ledger(customer(), entries, (), ())


REACHED = "1.1"

TASK_VECTORS = (
    Vector("nothing known of him", ()),
    # do-not-call by scope
    Vector("all scopes", ("do_not_call",), with_entries(refused("all"))),
    Vector("this purpose", ("do_not_call",), with_entries(refused("service"))),
    Vector("another purpose", (), with_entries(refused("marketing"))),
    Vector("lifted since", (), with_entries(refused("all", cleared_at=NOON))),
    # consent by purpose
    Vector("marketing, never asked, not strict", (), contact=marketing()),
    Vector("marketing, never asked, strict", ("no_consent",), contact=marketing(), settings=STRICT),
    Vector("marketing, agreed, strict", (), with_words(word()), marketing(), STRICT),
    Vector(
        "marketing, agreed to visits", ("no_consent",), with_words(word(channel="visit")), marketing(), STRICT
    ),
    Vector("marketing, agreed to calls", (), with_words(word(channel="phone")), marketing(), STRICT),
    Vector("marketing, declined", ("no_consent",), with_words(word(granted=False)), marketing()),
    Vector("marketing, withdrawn", ("no_consent",), with_words(word(withdrawn_at=NOON)), marketing()),
    Vector("marketing, withdrawn later", (), with_words(word(withdrawn_at=NOON + 1)), marketing()),
    Vector(
        "marketing, agreed again",
        (),
        with_words(word(granted=False, given_at=NOON - 2 * DAY), word(id=b"x" * 16)),
        marketing(),
    ),
    Vector("marketing, not agreed yet then", (), with_words(word(False, given_at=NOON + 1)), marketing()),
    Vector("service needs no consent", (), with_words(word(granted=False)), settings=STRICT),
    Vector(
        "the company asks for service as well",
        ("no_consent",),
        settings={"consent": {"purposes": ["service"], "never_asked": "refused"}},
    ),
    # how often he is reached
    Vector("rung in vain for other plans", (), with_calls(*(call(h * HOUR) for h in range(1, 9)))),
    Vector("reached an hour ago", (), with_calls(call(HOUR, REACHED))),
    Vector("reached just now", ("customer_gap",), with_calls(call(29 * MINUTE, REACHED))),
    Vector(
        "marketing on the third day", ("customer_gap",), with_calls(call(71 * HOUR, REACHED)), marketing()
    ),
    Vector("marketing after three days", (), with_calls(call(72 * HOUR, REACHED)), marketing()),
    Vector(
        "a visit counts", ("customer_gap",), with_calls(call(HOUR, REACHED, channel="visit")), marketing()
    ),
    Vector(
        "for a visit too",
        ("customer_gap",),
        with_calls(call(HOUR, REACHED)),
        marketing(channel=Channel.VISIT),
    ),
    Vector(
        "on the same task it is no other contact",
        (),
        with_calls(call(HOUR, REACHED, task_id=TASK)),
        marketing(task_id=TASK),
    ),
    Vector("twice today", ("customer_day",), with_calls(call(HOUR, REACHED), call(5 * HOUR, REACHED))),
    Vector(
        "three times this week",
        ("customer_week",),
        with_calls(*(call(days * DAY, REACHED) for days in (2, 3, 6))),
    ),
    Vector(
        "VIPs are reached more often",
        (),
        with_calls(*(call(days * DAY, REACHED) for days in (2, 3, 6)), tier=Tier.VIP),
    ),
    Vector(
        "dormant ones once a week", ("customer_week",), with_calls(call(6 * DAY, REACHED), tier=Tier.DORMANT)
    ),
    Vector("a tier without a limit", (), with_calls(call(1, REACHED), call(2, REACHED)), settings=FREE),
    Vector(
        "what is owed comes all the same",
        (),
        with_calls(call(HOUR, REACHED), call(2 * HOUR, REACHED)),
        service(urgency=Urgency.COMPLAINT_VERIFICATION),
    ),
    Vector(
        "what was booked comes all the same",
        (),
        with_calls(call(HOUR, REACHED), call(2 * HOUR, REACHED)),
        service(booked=True),
    ),
    Vector(
        "all at once, the gravest first",
        ("do_not_call", "no_consent", "customer_day", "customer_gap"),
        Ledger(
            customer(),
            (refused("all"),),
            (word(granted=False),),
            (call(HOUR, REACHED), call(2 * HOUR, REACHED)),
        ),
        marketing(),
    ),
)

URUMQI = {"calling_window": {"regions": {"新疆": {"timezone": "Asia/Urumqi", "from": "10:00"}}}}
AT_NINE = NOON - 3 * HOUR
IN_XINJIANG = Ledger(customer(province="新疆"), (), (), ())

CONTACT_VECTORS = (
    Vector("at noon", ()),
    Vector("at night", ("outside_calling_window",), contact=service(at=NOON + 12 * HOUR)),
    Vector("a visit at night", (), contact=service(at=NOON + 12 * HOUR, channel=Channel.VISIT)),
    Vector("nine in Beijing", (), contact=service(at=AT_NINE), settings=URUMQI),
    Vector(
        "nine in Beijing is seven in Urumqi",
        ("outside_calling_window",),
        IN_XINJIANG,
        service(at=AT_NINE),
        URUMQI,
    ),
    Vector(
        "seven in Urumqi by the full name of the province",
        ("outside_calling_window",),
        Ledger(customer(province="新疆维吾尔自治区"), (), (), ()),
        service(at=AT_NINE),
        URUMQI,
    ),
    Vector(
        "the setting has the full name",
        ("outside_calling_window",),
        Ledger(customer(province="浙江"), (), (), ()),
        settings={"calling_window": {"regions": {"浙江省": {"to": "11:00"}}}},
    ),
    Vector("ten in the evening is eight", (), IN_XINJIANG, service(at=NOON + 10 * HOUR), URUMQI),
    Vector(
        "a region of the same name",
        ("outside_calling_window",),
        settings={"calling_window": {"regions": {"西北": {"to": "11:00"}}}},
    ),
    Vector("called just now", ("gap",), with_calls(call(MINUTE))),
    Vector("another number", (), with_calls(call(MINUTE)), service(contact_point_id=TWO)),
    Vector("a number that nobody noted", ("gap",), with_calls(call(MINUTE, contact_point_id=None))),
    Vector("a visit is no call", (), with_calls(call(MINUTE, channel="visit"))),
    Vector("three in five minutes", ("five_minutes", "day", "week", "gap"), with_calls(*[call(MINUTE)] * 3)),
    Vector(
        "booked, three in five minutes",
        ("five_minutes",),
        with_calls(*[call(MINUTE)] * 3),
        service(booked=True),
    ),
    Vector(
        "everything",
        ("do_not_call", "outside_calling_window", "day", "customer_day"),
        Ledger(customer(), (refused("service"),), (), (call(HOUR, REACHED), call(2 * HOUR, REACHED))),
        service(at=NOON + 12 * HOUR),
    ),
)


def told(vector: Vector, ask: Any) -> tuple[str, ...]:
    found = ask(vector.ledger, vector.contact, settings_with(vector.settings))
    return tuple(one.values["per"] if one.kind == "contact_too_often" else one.kind for one in found)


@pytest.mark.parametrize("vector", TASK_VECTORS, ids=lambda vector: vector.name)
def test_what_stands_against_a_task(vector: Vector) -> None:
    assert told(vector, against_task) == vector.expected


@pytest.mark.parametrize("vector", CONTACT_VECTORS, ids=lambda vector: vector.name)
def test_what_stands_against_a_contact(vector: Vector) -> None:
    assert told(vector, against_contact) == vector.expected


@pytest.mark.parametrize("vector", TASK_VECTORS, ids=lambda vector: vector.name)
def test_whatever_stands_against_a_task_stands_against_its_dialling(vector: Vector) -> None:
    assert set(told(vector, against_task)) <= set(told(vector, against_contact))


def test_every_reason_against_a_contact_is_an_error_with_words() -> None:
    kinds = set()
    for vector in (*TASK_VECTORS, *CONTACT_VECTORS):
        kinds |= {
            one.kind for one in against_contact(vector.ledger, vector.contact, settings_with(vector.settings))
        }
    assert kinds <= set(ErrorKind)


def test_a_number_in_dispute_is_told_with_its_day() -> None:
    point = {"id": ONE, "kind": "mobile", "valid": True, "disputed_at": NOON - DAY}
    ledger = replace(with_calls(), points=(point,))
    (found,) = against_contact(ledger, service(), settings_with({}))
    assert (found.kind, found.values) == ("number_disputed", {"since": NOON - DAY})
    assert list(against_task(ledger, service(), settings_with({}))) == []


@pytest.mark.parametrize(
    ("entry", "answer", "since_at"),
    [
        (word(withdrawn_at=NOON - HOUR), "withdrawn", NOON - HOUR),
        (word(granted=False), "declined", NOON - DAY),
        (None, "never_asked", None),
    ],
)
def test_missing_consent_says_what_the_customer_answered_and_when(
    entry: Row | None, answer: str, since_at: int | None
) -> None:
    found = consent.refusal([entry] if entry else [], "marketing", "phone", NOON, STRICT["consent"])
    assert found is not None
    assert found.values == {"purpose": "marketing", "answer": answer, "since_at": since_at}


def test_of_two_words_of_one_moment_the_one_against_counts() -> None:
    words = [word(granted=False, id=b"a" * 16), word(granted=True, id=b"b" * 16)]
    for given_words in (words, words[::-1]):
        assert consent.refusal(given_words, "marketing", "phone", NOON, DEFAULTS["consent"]) is not None


@given(
    st.lists(
        st.tuples(
            st.integers(0, 9 * 24 * 60), st.sampled_from(["1.1", "2.112a", "3.13", None]), st.booleans()
        ),
        max_size=12,
    ),
    st.sampled_from(list(Purpose)),
    st.sampled_from(list(Tier)),
)
def test_what_stands_against_a_contact_stands_until_the_moment_it_names(
    made: list[tuple[int, str | None, bool]], purpose: Purpose, tier: Tier
) -> None:
    attempts = [
        call(minutes * MINUTE, end, task_id=TASK if own else OTHER_TASK) for minutes, end, own in made
    ]
    ledger, rules = with_calls(*attempts, tier=tier), settings_with({})
    asked = Contact(purpose, Channel.PHONE, NOON, task_id=TASK)
    for found in against_contact(ledger, asked, rules):
        free_at = found.values["free_at"]
        assert free_at > NOON
        before, after = replace(asked, at=free_at - 1), replace(asked, at=free_at)
        if found.kind == "contact_too_often":
            per = found.values["per"]
            assert per in {one.values.get("per") for one in against_contact(ledger, before, rules)}
            assert found not in list(against_contact(ledger, after, rules))
