"""The wrap-up without a window: the tree by keys, what each result needs, and that all is saved together or nothing."""

import json
from dataclasses import dataclass, field

import pytest
from sqlalchemy.exc import OperationalError

from agent_app.features.call_guide.presenter import CallGuidePresenter
from agent_app.features.call_guide.state import CallGuideState, CallPhase
from agent_app.features.wrap_up.presenter import WrapUpPresenter
from agent_app.features.wrap_up.state import Part, WrapUpState
from agent_app.ports import Route
from server_sync.domain.clock import DAY, HOUR, SECOND
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules import dispositions
from tests.agent_app.features.workplace import Workplace
from tests.server_sync.organisation import NOW

RECEIVED, CSAT, NPS = "/data/opening/received", "/data/service/csat", "/data/service/nps"
TOMORROW_HALF_PAST_TEN = NOW + DAY + HOUR // 2


@dataclass
class Desk:
    """Guide and wrap-up over one store, as the window has them; what one publishes the other hears."""

    place: Workplace
    guide: CallGuidePresenter = field(init=False)
    wrap_up: WrapUpPresenter = field(init=False)
    guides: list[CallGuideState] = field(default_factory=list)
    drawn: list[WrapUpState] = field(default_factory=list)

    def __post_init__(self) -> None:
        place = self.place
        self.guide = CallGuidePresenter(
            place.session,
            place.routes.append,
            place.phone,
            lambda facts: {},
            place.files,
            place.positions.positions,
            self.guides.append,
        )
        self.wrap_up = WrapUpPresenter(place.session, place.routes.append, self.drawn.append)
        self.guide.open(place.task.row_id)

    @property
    def state(self) -> WrapUpState:
        return self.drawn[-1]

    def wrong(self) -> dict[Part, ErrorKind]:
        return {part: wrong.kind for part, wrong in self.state.wrong.items()}

    def told(self) -> None:
        """Let guide and wrap-up hear of everything that changed so far."""
        for changes in self.place.company.told:
            self.guide.on_changed(changes)
            self.wrap_up.on_changed(changes)
        self.place.company.told.clear()

    def untouched(self) -> bool:
        """Nothing of a wrap-up is in the store."""
        tables = ("response", "callback", "do_not_call", "activity")
        return not any(self.place.count(table) for table in tables)


@pytest.fixture
def desk(place: Workplace) -> Desk:
    return Desk(place)


@pytest.fixture
def called(desk: Desk) -> Desk:
    """After a call of two minutes, with the wrap-up open."""
    desk.guide.on_dial()
    desk.place.move(120 * SECOND)
    desk.guide.on_hang_up()
    desk.wrap_up.open(desk.place.task.row_id)
    return desk


# -------------------------------------------------------------------------------------------------- the tree


def test_complete_is_one_key_at_the_first_level(called: Desk) -> None:
    called.wrap_up.on_chosen("complete")
    assert (called.state.code, called.state.codes) == ("1.1", ())
    assert called.state.effect is not None
    assert called.state.effect.kind == "final"


def test_escape_goes_up_the_tree_and_then_back_to_the_guide(called: Desk) -> None:
    called.wrap_up.on_chosen("no_answer")
    called.wrap_up.on_chosen("3.13")
    called.wrap_up.on_back()
    assert (called.state.branch, called.state.code) == ("no_answer", None)
    called.wrap_up.on_back()
    assert called.state.branch is None
    called.wrap_up.on_back()
    assert called.place.routes[-1] == Route("guide", called.place.task.row_id)


def test_a_result_says_when_the_task_is_tried_again(called: Desk) -> None:
    called.wrap_up.on_chosen("3.13")
    assert called.state.effect is not None
    told = called.state.effect.values["at"]
    called.wrap_up.on_save(then_next=True)
    assert called.place.one("select not_before_at from task")[0] == told  # the command decides the same


# ------------------------------------------------------------------------------------------ journey A1, saving


def test_a_normal_call_is_one_transaction_with_answers_result_timeline_and_no_draft_left(desk: Desk) -> None:
    place = desk.place
    desk.guide.on_dial()
    for path, value in ((RECEIVED, "yes"), (CSAT, "5"), (NPS, "9")):
        desk.guide.on_answered(path, value)
    place.move(161 * SECOND)
    desk.guide.on_hang_up()
    desk.guide.on_wrap_up_asked()
    assert place.routes[-1] == Route("wrap_up", place.task.row_id)
    desk.wrap_up.open(place.task.row_id)
    assert (desk.state.collected.answered, desk.state.collected.csat, desk.state.collected.nps) == (3, 5, 9)
    desk.wrap_up.on_chosen("complete")
    outbox_before = place.count("outbox")
    desk.wrap_up.on_save(then_next=True)

    attempt = place.one("select disposition, disposition_group, answered, talk_ms, ended_at from attempt")
    assert attempt == ("1.1", "I", 1, 161_000, NOW + 161_000)
    response = place.one("select csat, nps, complete, form_version_id from response")
    assert response == (5, 9, 1, place.task.row["form_version_id"])
    fact = place.one("select kind, person_id from activity")
    assert fact == ("call", place.agent.person_id)
    assert place.one("select state, disposition, done_at from task") == ("done", "1.1", NOW + 161_000)
    assert place.count("draft") == 0
    commands = [row[0] for row in place.company.rows("select command from outbox order by mid")][
        outbox_before:
    ]
    assert commands == ["record_answers@2", "finish_attempt@1", "set_presence@1"]
    assert place.one("select state from presence")[0] == "ready"
    assert place.routes[-1] == Route("next")


def test_after_saving_the_guide_shows_the_task_as_done(called: Desk) -> None:
    called.wrap_up.on_chosen("complete")
    called.wrap_up.on_save(then_next=False)
    assert called.place.routes[-1] == Route("guide", called.place.task.row_id)
    called.told()
    state = called.guides[-1]
    assert state.header is not None
    assert (state.header.is_open, state.header.disposition) == (False, "1.1")
    assert state.call.phase is CallPhase.NONE


def test_a_line_that_is_still_open_is_hung_up_when_the_wrap_up_is_saved(desk: Desk) -> None:
    desk.guide.on_dial()
    desk.wrap_up.open(desk.place.task.row_id)
    desk.wrap_up.on_chosen("3.13")
    desk.wrap_up.on_save(then_next=True)
    desk.told()
    assert desk.guides[-1].call.phase is CallPhase.NONE
    assert desk.place.count("draft") == 0


def test_a_call_that_was_not_dialled_here_is_logged_with_its_result(desk: Desk) -> None:
    desk.wrap_up.open(desk.place.task.row_id)
    assert not desk.state.dialled
    desk.wrap_up.on_chosen("1.1")
    desk.wrap_up.on_save(then_next=True)
    attempt = desk.place.one("select disposition, contact_point_id, talk_ms, breach from attempt")
    assert attempt == ("1.1", desk.place.number.row_id, None, None)


def test_looking_at_the_wrap_up_begins_no_attempt(desk: Desk) -> None:
    desk.wrap_up.open(desk.place.task.row_id)
    desk.wrap_up.on_back()
    assert desk.place.count("attempt") == 0


def test_without_an_answer_nothing_is_recorded_as_answers(called: Desk) -> None:
    called.wrap_up.on_chosen("3.13")
    called.wrap_up.on_save(then_next=True)
    assert called.place.count("response") == 0


def test_answers_with_a_required_one_missing_are_recorded_as_incomplete(called: Desk) -> None:
    called.guide.on_answered(RECEIVED, "yes")
    called.wrap_up.open(called.place.task.row_id)
    assert called.state.collected.unanswered == 2
    called.wrap_up.on_chosen("1.2")
    called.wrap_up.on_save(then_next=True)
    assert called.place.one("select complete from response")[0] == 0


def test_what_is_not_asked_any_more_is_not_handed_in(called: Desk) -> None:
    for path, value in ((RECEIVED, "yes"), (CSAT, "2"), (RECEIVED, "no")):
        called.guide.on_answered(path, value)
    called.guide.on_confirmed()
    called.wrap_up.open(called.place.task.row_id)
    called.wrap_up.on_chosen("1.1")
    called.wrap_up.on_save(then_next=True)
    csat, answers = called.place.one("select csat, answers from response")
    given = json.loads(answers)
    assert str(given.pop("/data/meta/instanceID")).startswith("uuid:")
    assert (csat, given) == (None, {"/data/opening/received": "no"})


def test_a_number_that_does_not_exist_is_dialled_no_more(called: Desk) -> None:
    called.wrap_up.on_chosen("4.32")
    called.wrap_up.on_save(then_next=True)
    assert called.place.one("select valid from contact_point")[0] == 0


# ------------------------------------------------------------------------------------- what each result needs


def test_without_a_result_nothing_is_saved(called: Desk) -> None:
    called.wrap_up.on_save(then_next=True)
    assert called.wrong() == {Part.RESULT: ErrorKind.FIELD_MISSING}
    assert called.untouched()


def test_a_refusal_needs_its_note(called: Desk) -> None:
    called.wrap_up.on_chosen("2.112a")
    called.wrap_up.on_note_typed("   ")
    called.wrap_up.on_save(then_next=True)
    assert called.wrong() == {Part.NOTE: ErrorKind.NOTE_REQUIRED}
    assert called.untouched()
    called.wrap_up.on_note_typed("没空，下周再说")
    called.wrap_up.on_save(then_next=True)
    assert called.place.one("select note from attempt")[0] == "没空，下周再说"


def test_a_hard_refusal_needs_note_and_scope_and_takes_his_tasks_away(called: Desk) -> None:
    place = called.place
    other = place.company.organisation.task(place.customer, place.agent, purpose="marketing")
    place.company.put(other)
    called.wrap_up.on_chosen("2.112b")
    called.wrap_up.on_save(then_next=True)
    assert called.wrong() == {Part.SCOPE: ErrorKind.FIELD_MISSING, Part.NOTE: ErrorKind.NOTE_REQUIRED}
    assert called.untouched()
    called.wrap_up.on_scope_chosen("all")
    called.wrap_up.on_note_typed("别再打了")
    called.wrap_up.on_save(then_next=True)  # journey A4
    assert place.one("select scope, source, note from do_not_call") == ("all", "call", "别再打了")
    for task, state in ((place.task, "done"), (other, "cancelled")):
        assert place.one("select state from task where id = ?", task.row_id)[0] == state


def test_another_result_takes_the_scope_back(called: Desk) -> None:
    called.wrap_up.on_chosen("2.112b")
    called.wrap_up.on_scope_chosen("all")
    called.wrap_up.on_chosen("3.13")
    called.wrap_up.on_save(then_next=True)
    assert called.place.count("do_not_call") == 0


def test_an_appointment_needs_a_time_and_becomes_ones_own(called: Desk) -> None:
    place = called.place
    called.wrap_up.open(place.task.row_id, "2.12a")  # F9 during a call
    called.wrap_up.on_save(then_next=True)
    assert called.wrong() == {Part.WHEN: ErrorKind.CALLBACK_REQUIRED}
    called.wrap_up.on_when_typed("明天 10:30 本人")
    called.wrap_up.on_save(then_next=True)  # journey A2
    callback = place.one("select callback_at, with_whom, owner_id, contact_point_id, state from callback")
    assert callback == (
        TOMORROW_HALF_PAST_TEN,
        "respondent",
        place.agent.person_id,
        place.number.row_id,
        "open",
    )
    assert place.one("select state, appointment_at, disposition from task") == (
        "open",
        TOMORROW_HALF_PAST_TEN,
        "2.12a",
    )


def test_somebody_else_typed_along_makes_it_the_other_appointment(called: Desk) -> None:
    called.wrap_up.on_chosen("2.12a")
    called.wrap_up.on_when_typed("明天 10:30 他人")
    assert called.state.code == "2.12b"
    called.wrap_up.on_save(then_next=True)
    assert called.place.one("select with_whom from callback")[0] == "other"


def test_ten_in_the_evening_is_refused_at_the_field_and_nothing_is_lost(called: Desk) -> None:
    called.wrap_up.on_chosen("2.12a")
    called.wrap_up.on_note_typed("晚上才在家")
    called.wrap_up.on_when_typed("明天 22:00")
    called.wrap_up.on_save(then_next=True)
    wrong = called.state.wrong[Part.WHEN]
    assert (wrong.kind, wrong.values["from"], wrong.values["to"]) == (
        ErrorKind.OUTSIDE_CALLING_WINDOW,
        "08:00",
        "21:00",
    )
    assert (called.state.note, called.state.when_text) == ("晚上才在家", "明天 22:00")
    assert called.untouched()


def test_a_quick_choice_is_a_time_like_a_typed_one(called: Desk) -> None:
    called.wrap_up.on_chosen("2.12a")
    called.wrap_up.on_when_picked(called.state.quick[0])
    assert called.state.when.at == called.state.quick[0]


def test_what_the_store_refuses_at_last_stands_at_its_field_and_no_part_is_saved(called: Desk) -> None:
    called.guide.on_answered(RECEIVED, "no")
    called.wrap_up.open(called.place.task.row_id, "2.12a")
    assert called.state.collected.answered == 1
    called.wrap_up.on_when_typed("今天 10:10")
    called.place.move(HOUR)
    called.wrap_up.on_save(then_next=True)
    assert called.wrong() == {Part.WHEN: ErrorKind.IN_THE_PAST}
    assert not called.state.saving
    assert called.untouched()


# ----------------------------------------------------------------------------------------------------- drafts


def test_a_killed_desk_resumes_the_wrap_up_of_its_call(called: Desk) -> None:
    called.wrap_up.on_chosen("2.112b")
    called.wrap_up.on_scope_chosen("marketing")
    called.wrap_up.on_note_typed("不要推销")
    again = Desk(called.place.another_desk())
    again.wrap_up.open(called.place.task.row_id)
    state = again.state
    assert (state.code, state.scope, state.note, state.dialled) == ("2.112b", "marketing", "不要推销", True)
    again.wrap_up.on_save(then_next=True)
    assert called.place.one("select scope from do_not_call")[0] == "marketing"
    assert called.place.one("select talk_ms from attempt")[0] == 120_000


def test_what_was_chosen_outlives_a_refresh_from_elsewhere(called: Desk) -> None:
    called.wrap_up.on_chosen("3.13")
    called.wrap_up.on_note_typed("占线两次")
    called.told()
    assert (called.state.code, called.state.note) == ("3.13", "占线两次")


def test_a_bug_while_saving_goes_up_and_leaves_the_panel_usable(called: Desk) -> None:
    called.wrap_up.on_chosen("complete")
    with called.place.company.store.write() as connection:
        connection.exec_driver_sql("ALTER TABLE activity RENAME TO activity_away")
    with pytest.raises(OperationalError):
        called.wrap_up.on_save(then_next=True)
    assert not called.state.saving
    with called.place.company.store.write() as connection:
        connection.exec_driver_sql("ALTER TABLE activity_away RENAME TO activity")
    called.wrap_up.on_save(then_next=True)
    assert called.place.one("SELECT disposition FROM attempt") == ("1.1",)


# ------------------------------------------------------------------------------------------------- a visit


@pytest.fixture
def visited(desk: Desk) -> Desk:
    """After a check-in, with the wrap-up open."""
    with desk.place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET channel = 'visit'")
    desk.guide.open(None)
    desk.guide.open(desk.place.task.row_id)
    desk.guide.on_dial()
    desk.wrap_up.open(desk.place.task.row_id)
    return desk


def test_what_a_visit_can_come_to_knows_no_line_and_no_number(visited: Desk) -> None:
    visited.wrap_up.on_chosen("not_met")
    assert visited.state.code == "2.20"
    offered = {code for _, codes in dispositions.tree(visited.state.channel).items() for code in codes}
    assert offered.isdisjoint({"3.12", "3.13", "4.32", "4.10w", "2.221"})


def test_a_visit_is_finished_with_its_result_and_was_no_talk_on_the_telephone(visited: Desk) -> None:
    visited.place.move(120 * SECOND)
    visited.wrap_up.on_chosen("complete")
    visited.wrap_up.on_save(then_next=False)
    assert visited.place.one("SELECT channel, disposition, talk_ms FROM attempt") == ("visit", "1.1", None)
    assert visited.place.one("SELECT kind FROM activity") == ("visit",)


def test_a_visit_without_a_check_in_is_recorded_with_its_result(desk: Desk) -> None:
    with desk.place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET channel = 'visit'")
    desk.wrap_up.open(desk.place.task.row_id)
    desk.wrap_up.on_chosen("complete")
    desk.wrap_up.on_save(then_next=False)
    assert desk.place.one("SELECT channel, contact_point_id FROM attempt") == ("visit", None)
