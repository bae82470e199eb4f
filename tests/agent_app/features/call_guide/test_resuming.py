"""A guide goes on where it was left: after a kill, beside others, in its own version, begun anew and brought back."""

import json

from agent_app.actions.calls import WrapUp, finish_call
from agent_app.actions.guides import hand_in
from agent_app.features.call_guide.model import draft_words
from agent_app.features.call_guide.state import StartingOver
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import task_sheet
from server_sync.domain.clock import MINUTE, SECOND
from server_sync.domain.commands import Insert
from tests.agent_app.features.call_guide.guide_column import (
    CSAT,
    RECEIVED,
    Column,
    after_a_kill,
    through_to_the_end,
)
from tests.agent_app.features.workplace import FORM_VERSION, guide_xform
from tests.server_sync.organisation import NOW

NEWER = {"id": b"guide-version-02", "form_id": b"form-of-guide-01", "version": "2", "published_at": NOW}


def kept_events(column: Column) -> list[list[object]]:
    """The audit in the draft."""
    audit: list[list[object]] = json.loads(column.place.one("select content from draft")[0])["guide"]["audit"]
    return audit


def test_a_killed_desk_says_at_which_question_it_resumes(column: Column) -> None:
    column.presenter.on_answered(RECEIVED, "yes")
    column.presenter.on_next()
    column.presenter.on_answered(CSAT, "5")
    column.place.move(3 * MINUTE)
    again = after_a_kill(column)
    assert (again.state.resumed_question, again.state.resumed_at) == (2, NOW)
    assert draft_words(again.state)[0] == "已从第 2 题继续，3 分钟前保存。"
    again.presenter.on_dismissed()
    assert draft_words(again.state) == ("", "")


def test_a_guide_that_is_at_its_end_says_so_when_it_is_resumed(column: Column) -> None:
    through_to_the_end(column)
    again = after_a_kill(column)
    assert again.state.resumed_question is None
    assert draft_words(again.state)[0] == "话术已走完，刚刚保存。"


def test_starting_over_asks_first_and_keeps_the_former_answers(column: Column) -> None:
    column.presenter.on_answered(RECEIVED, "yes")
    column.presenter.on_next()
    column.presenter.on_start_over()
    assert column.state.again is StartingOver.ASKED
    assert column.questions == ["csat", "nps"]
    column.presenter.on_start_over()
    assert (column.state.again, column.state.restorable) == (StartingOver.DONE, True)
    assert column.questions == ["hello", "received"]
    assert column.form.page is not None
    assert column.form.page.questions[1].value == ""
    # Also after a kill, and after something else was answered, the former answers come back where they were left.
    column.presenter.on_answered(RECEIVED, "no")
    again = after_a_kill(column)
    assert again.state.restorable
    again.presenter.on_bring_back()
    assert again.questions == ["csat", "nps"]
    assert again.presenter.filling is not None
    assert again.presenter.filling.session.answers()[RECEIVED] == "yes"
    third = after_a_kill(again)
    assert third.questions == ["csat", "nps"]
    third.presenter.on_bring_back()
    assert third.presenter.filling is not None
    assert third.presenter.filling.session.answers()[RECEIVED] == "no"


def test_starting_over_that_is_not_meant_changes_nothing(column: Column) -> None:
    column.presenter.on_answered(RECEIVED, "yes")
    column.presenter.on_start_over()
    column.presenter.on_dismissed()
    column.presenter.on_start_over()
    asked = [state.again for state in column.drawn[-3:]]
    assert asked == [StartingOver.ASKED, StartingOver.NO, StartingOver.ASKED]
    assert column.presenter.filling is not None
    assert column.presenter.filling.session.answers()[RECEIVED] == "yes"


def test_a_guide_without_answers_is_not_started_over(column: Column) -> None:
    column.presenter.on_start_over()
    column.presenter.on_bring_back()
    assert (column.state.again, column.state.restorable) == (StartingOver.NO, False)
    assert column.place.count("draft") == 0


def test_a_version_published_meanwhile_never_meets_answers_of_another(column: Column) -> None:
    place = column.place
    newer = {**NEWER, "xform": guide_xform()}
    place.company.put(Insert("form_version", newer))
    with place.company.store.write() as connection:
        connection.exec_driver_sql("update task set form_version_id = ?", (newer["id"],))
    column.presenter.on_changed(StoreChanges(frozenset({"task"}), None, "sync"))
    column.presenter.on_answered(RECEIVED, "yes")
    assert place.one("select form_version_id from draft")[0] == FORM_VERSION
    assert after_a_kill(column).state.resumed_question == 1


def test_several_tasks_have_their_drafts_at_once(column: Column) -> None:
    place = column.place
    other = place.company.organisation.task(place.customer, place.agent, form_version_id=FORM_VERSION)
    place.company.put(other)
    column.presenter.on_answered(RECEIVED, "yes")
    column.presenter.on_next()
    column.presenter.open(other.row_id)
    column.presenter.on_answered(RECEIVED, "no")
    column.presenter.open(place.task.row_id)
    assert column.questions == ["csat", "nps"]
    column.presenter.open(other.row_id)
    assert column.form.page is not None
    assert column.form.page.questions[1].value == "no"


def test_the_times_of_both_sittings_are_in_the_draft(column: Column) -> None:
    column.place.move(4 * SECOND)
    column.presenter.on_answered(RECEIVED, "yes")
    column.presenter.on_next()
    column.place.move(9 * SECOND)  # is lost: nothing was answered or turned since
    again = after_a_kill(column)
    again.place.move(2 * SECOND)
    again.presenter.on_answered(CSAT, "5")
    again.presenter.open(None)
    events = [(event, node, start, end) for event, node, start, end, _, _ in kept_events(column)]
    assert events == [
        ("form start", "", 0, None),
        ("group questions", "/data/opening", 0, 4000),
        ("question", RECEIVED, 0, 4000),
        ("group questions", "/data/service", 4000, 4000),
        ("form resume", "", 13_000, None),
        ("group questions", "/data/service", 13_000, 15_000),
        ("question", CSAT, 13_000, 15_000),
        ("form save", "", 15_000, None),
        ("form exit", "", 15_000, None),
    ]


def test_a_form_that_was_wrapped_up_unheard_is_kept_no_more_when_it_is_left(column: Column) -> None:
    column.presenter.on_dial()
    column.presenter.on_answered(RECEIVED, "yes")
    with column.place.company.store.write() as connection:
        connection.exec_driver_sql("delete from draft")  # a wrap-up, before anybody has told this column
    column.presenter.open(None)
    assert column.place.count("draft") == 0


def test_answers_of_a_task_that_has_ended_are_corrected_elsewhere_not_here(column: Column) -> None:
    place = column.place
    through_to_the_end(column)
    column.presenter.on_dial()
    attempt_id = place.one("SELECT id FROM attempt")[0]
    column.presenter.on_correct()
    assert column.state.response_id is None
    with place.company.store.read() as connection:
        sheet = task_sheet.load(connection, place.task.row_id)
    assert sheet is not None
    answers = hand_in(sheet, NOW, place.session.timezone).answers
    wrap_up = WrapUp(place.task.row_id, place.customer.row_id, attempt_id, "1.1", answers=answers)
    changes = finish_call(place.session.desk, wrap_up)
    column.presenter.on_changed(changes)
    assert column.state.header is not None
    assert not column.state.header.is_open
    column.presenter.on_correct()
    assert place.routes[-1] == Route("correction", place.one("SELECT id FROM response")[0])
