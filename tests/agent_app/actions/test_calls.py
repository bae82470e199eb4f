"""A call at the desk: may it be dialled (journeys A4, A5), dialled, wrapped up as one (A1), killed in the midst."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent_app.actions.calls import (
    Answers,
    LoggedCall,
    Promise,
    WrapUp,
    book_callback,
    check_dialling,
    finish_call,
    start_call,
)
from agent_app.actions.customers import clear_do_not_call, set_do_not_call
from agent_app.actions.desk import Desk
from agent_app.store import drafts, lease
from agent_app.store.database import open_store
from agent_app.store.desk_state import remember
from agent_app.store.queries import queue
from agent_app.store.tables import ALL
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.errors import ErrorKind, KnownError
from tests.agent_app.desk import KEY, Company, open_company
from tests.server_sync.organisation import NOW


class Booth:
    """A desk with one customer who has a task of each purpose and two numbers."""

    def __init__(self, company: Company) -> None:
        organisation = company.organisation
        self.company = company
        self.agent = organisation.north_agents[0]
        self.desk: Desk = company.desk(self.agent)
        self.customer = organisation.customer(organisation.north, name="客户 A")
        self.points = [organisation.contact_point(self.customer, position=place) for place in range(2)]
        self.tasks = {
            purpose: organisation.task(self.customer, self.agent, purpose=purpose)
            for purpose in ("service", "marketing", "survey")
        }
        company.put(self.customer, *self.points, *self.tasks.values())

    def task(self, purpose: str = "service") -> bytes:
        return self.tasks[purpose].row_id

    def dial(self, purpose: str = "service", attempt: bytes | None = None, number: int | None = 0) -> bytes:
        """Begin a call; returns its id."""
        made = attempt or self.desk.ids.new()
        point = None if number is None else self.points[number].row_id
        start_call(self.desk, made, self.task(purpose), self.customer.row_id, point)
        return made

    def refusal(self, purpose: str = "service", number: int | None = 0) -> KnownError:
        point = None if number is None else self.points[number].row_id
        with pytest.raises(KnownError) as caught:
            check_dialling(self.desk, self.task(purpose), point)
        return caught.value

    def may_dial(self, purpose: str = "service", number: int | None = 0) -> bool:
        point = None if number is None else self.points[number].row_id
        try:
            check_dialling(self.desk, self.task(purpose), point)
        except KnownError:
            return False
        return True

    def wrap_up(self, attempt: bytes, disposition: str, purpose: str = "service", **values: Any) -> None:
        finish_call(
            self.desk, WrapUp(self.task(purpose), self.customer.row_id, attempt, disposition, **values)
        )

    def later(self, span: int) -> None:
        self.company.clock.at += span

    def state(self, purpose: str = "service") -> tuple[object, ...]:
        (row,) = self.company.rows("SELECT state, disposition FROM task WHERE id = ?", self.task(purpose))
        return row

    def recorded(self) -> list[str]:
        """The verbs in the outbox."""
        return [
            str(name).partition("@")[0]
            for (name,) in self.company.rows("SELECT command FROM outbox ORDER BY mid")
        ]


@pytest.fixture
def booth(company: Company) -> Booth:
    return Booth(company)


# ---- may it be dialled


def test_a_task_at_noon_with_a_fresh_list_may_be_dialled(booth: Booth) -> None:
    for purpose in booth.tasks:
        assert booth.may_dial(purpose)
        assert booth.may_dial(purpose, number=None)


def test_a_task_that_is_not_here_is_not_dialled(booth: Booth) -> None:
    with pytest.raises(KnownError) as caught:
        check_dialling(booth.desk, bytes(16), None)
    assert caught.value.kind is ErrorKind.NOT_FOUND


@pytest.mark.parametrize("hour", [7, 21, 23])
def test_outside_the_window_nobody_is_dialled(booth: Booth, hour: int) -> None:
    booth.later((hour - 10) * HOUR)
    error = booth.refusal()
    opens = NOW + (-2 if hour < 8 else 22) * HOUR
    told = {"from": "08:00", "to": "21:00", "free_at": opens}
    assert (error.kind, error.values) == (ErrorKind.OUTSIDE_CALLING_WINDOW, told)


def test_a_colleagues_appointment_is_his(booth: Booth) -> None:
    other = booth.company.organisation.north_agents[1]
    with booth.company.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE task SET appointment_at = ?, appointment_owner_id = ?", (NOW, other.person_id)
        )
    assert booth.refusal().kind is ErrorKind.APPOINTMENT_OF_ANOTHER


def test_a_number_is_not_called_again_within_the_gap(booth: Booth) -> None:
    booth.wrap_up(booth.dial(), "3.13")
    assert booth.refusal().kind is ErrorKind.CONTACT_TOO_OFTEN
    booth.later(30 * MINUTE)
    assert booth.may_dial()


def test_a4_a_refusal_set_offline_blocks_every_number_and_purpose_at_once(booth: Booth) -> None:
    assert booth.may_dial("marketing", 1)
    set_do_not_call(booth.desk, booth.customer.row_id, "all", "call", "别再打")
    for purpose in booth.tasks:
        for number in (0, 1, None):
            error = booth.refusal(purpose, number)
            assert error.kind is ErrorKind.DO_NOT_CALL
            assert error.values == {"scope": "all", "source": "call", "set_at": NOW}
        assert booth.state(purpose)[0] == "cancelled"


def test_a4_a_refusal_of_marketing_leaves_service(booth: Booth) -> None:
    set_do_not_call(booth.desk, booth.customer.row_id, "marketing", "call", None)
    assert not booth.may_dial("marketing")
    assert booth.may_dial("service")
    assert booth.may_dial("survey")
    assert [booth.state(purpose)[0] for purpose in booth.tasks] == ["open", "cancelled", "open"]


def test_a_lead_lifts_a_refusal_with_a_reason_and_an_agent_does_not(booth: Booth) -> None:
    set_do_not_call(booth.desk, booth.customer.row_id, "service", "call", None)
    ((entry,),) = booth.company.rows("SELECT id FROM do_not_call")
    assert isinstance(entry, bytes)
    with pytest.raises(KnownError) as caught:
        clear_do_not_call(booth.desk, booth.customer.row_id, entry, "客户同意")
    assert caught.value.kind is ErrorKind.NOT_PERMITTED
    lead = booth.company.desk(booth.company.organisation.north_lead)
    clear_do_not_call(lead, booth.customer.row_id, entry, "客户同意")
    booth.later(MINUTE)
    assert booth.may_dial()


def test_a5_marketing_is_locked_when_the_list_is_older_than_a_day_and_service_is_not(booth: Booth) -> None:
    booth.later(DAY)
    assert booth.may_dial("marketing")
    booth.later(1)
    error = booth.refusal("marketing")
    assert (error.kind, error.values) == (ErrorKind.DO_NOT_CALL_STALE, {"hours": 24, "in_step_at": NOW})
    assert booth.may_dial("service")
    assert booth.may_dial("survey")
    with booth.company.store.write() as connection:
        remember(connection, "in_step_at", booth.company.clock.at)
    assert booth.may_dial("marketing")


def test_a5_a_desk_that_was_never_in_step_has_no_list_at_all(booth: Booth) -> None:
    with booth.company.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM desk_state WHERE key = 'in_step_at'")
    assert booth.refusal("marketing").kind is ErrorKind.DO_NOT_CALL_STALE
    assert booth.may_dial("service")


def test_a5_the_company_sets_how_old_the_list_may_be(booth: Booth) -> None:
    booth.company.keep("do_not_call", stale_hours=1)
    booth.later(HOUR + 1)
    assert booth.refusal("marketing").values["hours"] == 1


# ---- dialled


def test_what_may_not_be_dialled_leaves_no_trace(booth: Booth) -> None:
    set_do_not_call(booth.desk, booth.customer.row_id, "all", "call", None)
    before = booth.recorded()
    with pytest.raises(KnownError):
        booth.dial()
    assert booth.recorded() == before
    assert booth.company.rows("SELECT 1 FROM attempt") == booth.company.rows("SELECT 1 FROM draft") == []


def test_a_call_that_was_begun_is_remembered_with_its_task_through_a_kill(booth: Booth) -> None:
    with booth.company.store.write() as connection:
        drafts.merge(
            connection, booth.task(), booth.customer.row_id, None, None, {"guide": {"page": "2"}}, NOW
        )
    attempt = booth.dial()
    with booth.company.store.read() as connection:
        assert queue.call_without_wrap_up(connection) == booth.task()
        draft = drafts.load(connection, booth.task())
    assert draft is not None
    assert draft.attempt_id == attempt
    assert draft.content == {"guide": {"page": "2"}, "call": {"started_at": NOW, "ended_at": None}}


def test_killed_after_any_save_the_store_opens_with_all_of_it(tmp_path: Path) -> None:
    company = open_company(tmp_path / "one")
    booth = Booth(company)
    attempt = booth.dial()
    booth.wrap_up(attempt, "1.1", talk_ms=61_000)
    left = tmp_path / "two"
    left.mkdir()
    for file in (tmp_path / "one").iterdir():
        (left / file.name).write_bytes(file.read_bytes())
    company.store.close()
    again = open_store(left, KEY, ALL)
    with again.read() as connection:
        rows = connection.exec_driver_sql("SELECT disposition FROM attempt").all()
        verbs = connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one()
    again.close()
    assert ([tuple(row) for row in rows], verbs) == ([("1.1",)], 2)


# ---- wrapped up


def test_a1_everything_of_a_call_is_saved_as_one_and_the_draft_is_gone(booth: Booth) -> None:
    attempt = booth.dial()
    booth.later(2 * MINUTE)
    answers = Answers(booth.company.organisation.form_version, {"/data/csat": "5"}, True, csat=5, nps=9)
    booth.wrap_up(attempt, "1.1", note="都好", talk_ms=61_000, answers=answers)
    assert booth.state() == ("done", "1.1")
    assert booth.company.rows("SELECT disposition, answered, talk_ms, note FROM attempt") == [
        ("1.1", 1, 61_000, "都好")
    ]
    assert booth.company.rows("SELECT csat, nps, complete, attempt_id FROM response") == [(5, 9, 1, attempt)]
    assert booth.company.rows("SELECT kind, text FROM activity") == [("call", "都好")]
    assert booth.recorded() == ["start_attempt", "record_answers", "finish_attempt"]
    assert booth.company.rows("SELECT 1 FROM draft") == []


def test_a2_a_promise_is_booked_with_its_call(booth: Booth) -> None:
    attempt = booth.dial()
    tomorrow = NOW + DAY + 30 * MINUTE
    booth.wrap_up(attempt, "2.12a", promise=Promise(tomorrow, contact_point_id=booth.points[1].row_id))
    assert booth.company.rows("SELECT callback_at, owner_id, with_whom, state FROM callback") == [
        (tomorrow, booth.desk.person_id, "respondent", "open")
    ]
    assert booth.company.rows("SELECT appointment_at, state FROM task WHERE id = ?", booth.task()) == [
        (tomorrow, "open")
    ]


Values = dict[str, Any]


@pytest.mark.parametrize(
    ("disposition", "values", "kind"),
    [
        ("2.12a", dict, ErrorKind.CALLBACK_REQUIRED),
        ("2.12a", lambda: {"promise": Promise(NOW + 12 * HOUR)}, ErrorKind.OUTSIDE_CALLING_WINDOW),
        ("2.12a", lambda: {"promise": Promise(NOW - HOUR)}, ErrorKind.IN_THE_PAST),
        ("2.112b", dict, ErrorKind.NOTE_REQUIRED),
        ("9.9", dict, ErrorKind.UNKNOWN_DISPOSITION),
        ("1.1", lambda: {"answers": Answers(bytes(16), {}, True)}, ErrorKind.NOT_FOUND),
        ("2.112b", lambda: {"note": "不", "do_not_call_scope": "everything"}, ErrorKind.FIELD_INVALID),
    ],
)
def test_a_wrap_up_that_does_not_hold_changes_nothing(
    booth: Booth, disposition: str, values: Callable[[], Values], kind: ErrorKind
) -> None:
    attempt = booth.dial()
    before = booth.recorded()
    with pytest.raises(KnownError) as caught:
        booth.wrap_up(attempt, disposition, **values())
    assert caught.value.kind is kind
    assert booth.recorded() == before
    assert booth.state() == ("accepted", None)
    assert len(booth.company.rows("SELECT 1 FROM draft")) == 1, "what was typed stays"
    for table in ("response", "callback", "do_not_call", "activity"):
        assert booth.company.rows(f"SELECT 1 FROM {table}") == []


def test_a4_a_hard_refusal_takes_the_customer_out_of_the_queue(booth: Booth) -> None:
    attempt = booth.dial("marketing")
    booth.wrap_up(attempt, "2.112b", "marketing", note="别再打", do_not_call_scope="all")
    assert booth.state("marketing") == ("done", "2.112b")
    assert booth.state("service")[0] == booth.state("survey")[0] == "cancelled"
    assert booth.refusal("service", 1).kind is ErrorKind.DO_NOT_CALL
    assert booth.recorded()[-2:] == ["finish_attempt", "set_do_not_call"]


def test_a_call_that_was_not_dialled_from_here_is_written_down_whole(booth: Booth) -> None:
    attempt = booth.desk.ids.new()
    logged = LoggedCall(NOW - HOUR, booth.points[0].row_id)
    booth.wrap_up(attempt, "1.1", logged=logged, talk_ms=5_000)
    assert booth.company.rows("SELECT started_at, disposition FROM attempt") == [(NOW - HOUR, "1.1")]
    assert booth.recorded() == ["start_attempt", "finish_attempt"]


def test_a_call_is_wrapped_up_once(booth: Booth) -> None:
    attempt = booth.dial()
    booth.wrap_up(attempt, "3.13")
    with pytest.raises(KnownError) as caught:
        booth.wrap_up(attempt, "3.13")
    assert caught.value.kind is ErrorKind.ATTEMPT_CLOSED


def test_a_callback_is_booked_without_a_call_and_replaces_the_earlier(booth: Booth) -> None:
    for at in (NOW + HOUR, NOW + 2 * HOUR):
        book_callback(booth.desk, booth.task(), booth.customer.row_id, Promise(at, "other", note="问他太太"))
    assert booth.company.rows("SELECT callback_at, state FROM callback ORDER BY callback_at") == [
        (NOW + HOUR, "cancelled"),
        (NOW + 2 * HOUR, "open"),
    ]
    assert booth.company.rows("SELECT with_whom, note FROM callback WHERE state = 'open'") == [
        ("other", "问他太太")
    ]


def dial_of(booth: Booth, task: Insert) -> ErrorKind | None:
    try:
        start_call(booth.desk, booth.desk.ids.new(), task.row_id, booth.customer.row_id, None)
    except KnownError as refused:
        return refused.kind
    assert booth.company.rows("SELECT assignee_id, in_pool, state FROM task WHERE id = ?", task.row_id) == [
        (booth.desk.person_id, 0, "accepted")
    ]
    return None


def test_a_task_of_the_pool_is_dialled_only_when_the_server_has_given_it(booth: Booth) -> None:
    organisation = booth.company.organisation
    pool: Insert = organisation.task(booth.customer, None)
    leased: Insert = organisation.task(booth.customer, booth.desk.actor, leased_until=NOW + 6 * MINUTE)
    booth.company.put(pool, leased)
    assert dial_of(booth, pool) is ErrorKind.NOT_PULLED
    assert dial_of(booth, leased) is None


def test_what_was_pulled_is_not_dialled_any_more_when_its_lease_is_nearly_over(booth: Booth) -> None:
    """By five minutes earlier than the server takes it back, for clocks are not quite right."""
    leased = booth.company.organisation.task(booth.customer, booth.desk.actor, leased_until=NOW + 5 * MINUTE)
    booth.company.put(leased)
    assert dial_of(booth, leased) is ErrorKind.PULL_OVER


@pytest.mark.parametrize(("clock", "server"), [(NOW, NOW + HOUR), (NOW + HOUR, NOW)])
def test_a_lease_ends_by_the_servers_time_or_earlier(booth: Booth, clock: int, server: int) -> None:
    with booth.company.store.write() as connection:
        lease.renew(connection, clock, server, None)
    leased = booth.company.organisation.task(booth.customer, booth.desk.actor, leased_until=NOW + HOUR)
    booth.company.put(leased)
    expected = ErrorKind.PULL_OVER if server > NOW else None
    assert dial_of(booth, leased) is expected


def test_who_may_not_work_on_a_task_does_not_dial_it(booth: Booth) -> None:
    stranger: Actor = booth.company.organisation.south_agents[0]
    desk = booth.company.desk(stranger)
    with pytest.raises(KnownError) as caught:
        start_call(desk, desk.ids.new(), booth.task(), booth.customer.row_id, None)
    assert caught.value.kind is ErrorKind.NOT_FOUND
