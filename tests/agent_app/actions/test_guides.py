"""The guide as a filling-in: kept in the draft, resumed where it was left, handed in with the wrap-up."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_app.actions.calls import WrapUp, finish_call, start_call
from agent_app.actions.drafts import save_draft
from agent_app.actions.guides import content, hand_in, kept_guide, read_guide, resume
from agent_app.actions.sittings import FormDraft
from agent_app.store.drafts import DONE
from agent_app.store.queries import task_sheet
from agent_app.store.queries.task_sheet import TaskSheet
from server_sync.domain.clock import MINUTE
from server_sync.domain.commands import Insert
from server_sync.domain.forms.audit import AuditRow
from server_sync.domain.forms.session import Session
from tests.agent_app.desk import TIMEZONE
from tests.agent_app.features.workplace import FORM_VERSION, Workplace, guide_xform, open_workplace
from tests.server_sync.organisation import NOW

HAPPY = {"/data/opening/received": "yes", "/data/service/csat": "5", "/data/service/nps": "9"}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    """A task whose guide has an opening, two scores if something was received, and some wishes."""
    made = open_workplace(tmp_path, guide_xform())
    yield made
    made.company.store.close()


def keep(place: Workplace, **parts: Any) -> None:
    """Save what was typed in the guide."""
    desk = place.company.desk(place.agent)
    save_draft(desk, place.task.row_id, place.customer.row_id, None, None, content(FormDraft(**parts)))


def sheet(place: Workplace) -> TaskSheet:
    with place.company.store.read() as connection:
        found = task_sheet.load(connection, place.task.row_id)
    assert found is not None
    return found


def resumed(place: Workplace) -> Session:
    found = sheet(place)
    form = read_guide(guide_xform())
    return resume(form, kept_guide(found), found, NOW, TIMEZONE, "zh")


def test_a_task_that_nobody_began_has_an_empty_guide(place: Workplace) -> None:
    assert kept_guide(sheet(place)) == FormDraft()
    assert hand_in(sheet(place), NOW, TIMEZONE).answers is None
    first = resumed(place).page
    assert first is not None
    assert first.key == "/data/opening"


def test_what_was_kept_comes_back_as_it_was(place: Workplace) -> None:
    keep(place, answers=HAPPY, page="/data/service", prefill={"customer_name": "客户 A"})
    kept = kept_guide(sheet(place))
    assert (kept.answers, kept.page, kept.prefill) == (HAPPY, "/data/service", {"customer_name": "客户 A"})


def test_another_part_of_the_draft_leaves_the_guide_alone(place: Workplace) -> None:
    keep(place, answers=HAPPY)
    desk = place.company.desk(place.agent)
    save_draft(desk, place.task.row_id, place.customer.row_id, None, None, {"wrap_up": {"note": "好"}})
    assert kept_guide(sheet(place)).answers == HAPPY


def test_a_killed_desk_goes_on_where_it_was(place: Workplace) -> None:
    keep(place, answers=HAPPY, page="/data/service")
    filling = resumed(place)
    assert filling.page is not None
    assert filling.page.key == "/data/service"
    assert dict(filling.answers()).items() >= HAPPY.items()


def test_a_guide_gone_through_stays_at_its_end(place: Workplace) -> None:
    keep(place, answers=HAPPY, page=DONE)
    assert resumed(place).page is None


def test_a_whole_guide_is_handed_in_with_its_scores(place: Workplace) -> None:
    keep(place, answers=HAPPY, page=DONE)
    handed = hand_in(sheet(place), NOW, TIMEZONE)
    assert handed.answers is not None
    assert (handed.answers.complete, handed.answers.csat, handed.answers.nps) == (True, 5, 9)
    assert (handed.answered, handed.unanswered) == (3, 0)
    assert handed.answers.values["/data/service/csat"] == "5"
    assert handed.answers.form_version_id == sheet(place).task["form_version_id"]


def test_half_a_guide_is_handed_in_as_half(place: Workplace) -> None:
    keep(place, answers={"/data/opening/received": "yes", "/data/service/csat": "2"}, page="/data/service")
    handed = hand_in(sheet(place), NOW, TIMEZONE)
    assert handed.answers is not None
    assert (handed.answers.complete, handed.answers.csat, handed.answers.nps) == (False, 2, None)
    assert (handed.answered, handed.unanswered) == (2, 1)


def test_what_no_longer_matters_is_not_handed_in(place: Workplace) -> None:
    keep(place, answers={**HAPPY, "/data/opening/received": "no"}, page=DONE)
    handed = hand_in(sheet(place), NOW, TIMEZONE)
    assert handed.answers is not None
    assert (handed.answers.complete, handed.answers.csat, handed.answers.nps) == (True, None, None)
    assert "/data/service/csat" not in handed.answers.values


def test_a_guide_that_cannot_be_read_is_handed_in_as_it_was_kept_and_stops_nothing(place: Workplace) -> None:
    keep(place, answers=HAPPY, page=DONE)
    with place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE form_version SET xform = '<html>'")
    handed = hand_in(sheet(place), NOW, TIMEZONE)
    assert (handed.answered, handed.unanswered) == (0, 0)
    assert handed.answers is not None
    assert (handed.answers.values, handed.answers.complete) == (HAPPY, False)
    assert (handed.answers.csat, handed.answers.nps, handed.answers.flags) == (None, None, ())


def test_answers_of_a_version_that_is_not_here_stay_in_the_draft_through_the_wrap_up(
    place: Workplace,
) -> None:
    desk, task_id, customer_id = place.company.desk(place.agent), place.task.row_id, place.customer.row_id
    attempt_id = desk.ids.new()
    start_call(desk, attempt_id, task_id, customer_id, place.number.row_id)
    save_draft(desk, task_id, customer_id, FORM_VERSION, attempt_id, content(FormDraft(HAPPY)))
    ((version,),) = place.company.rows("SELECT version FROM form_version WHERE id = ?", FORM_VERSION)
    with place.company.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM form_version WHERE id = ?", (FORM_VERSION,))
    found = sheet(place)
    assert found.guide is None
    handed = hand_in(found, NOW, TIMEZONE)
    finish_call(desk, WrapUp(task_id, customer_id, attempt_id, "3.13", answers=handed.answers))
    assert (place.count("response"), place.count("draft")) == (0, 1)
    row = {"id": FORM_VERSION, "form_id": b"form-of-guide-01", "version": version, "xform": guide_xform()}
    place.company.put(Insert("form_version", row | {"published_at": NOW}))
    again = sheet(place)
    assert again.draft is not None
    assert (again.draft.attempt_id, kept_guide(again).answers) == (None, HAPPY)
    assert resumed(place).answers().items() >= HAPPY.items()


def test_what_was_measured_is_handed_in_with_the_answers(place: Workplace) -> None:
    audit: list[AuditRow] = [("form start", "", 0, None, None, None)]
    audit += [("question", path, 0, 200, "", value) for path, value in HAPPY.items()]
    keep(place, answers=HAPPY, page=DONE, started_at=NOW - MINUTE, audit=audit)
    handed = hand_in(sheet(place), NOW, TIMEZONE)
    assert handed.answers is not None
    assert (handed.answers.started_at, handed.answers.flags) == (NOW - MINUTE, ())
    assert list(handed.answers.audit) == [*audit, ("form finalize", "", MINUTE, None, None, None)]


def test_answers_that_took_less_than_the_company_says_are_flagged(place: Workplace) -> None:
    more = {**HAPPY, "/data/people": "3", "/data/remark": "好"}
    audit: list[AuditRow] = [("question", path, 0, 2_000, "", value) for path, value in more.items()]
    keep(place, answers=more, page=DONE, started_at=NOW - MINUTE, audit=audit)
    handed = hand_in(sheet(place), NOW, TIMEZONE)
    assert handed.answers is not None
    assert handed.answers.flags == ()
    place.company.keep("answer_quality", fastest_seconds=2.5)
    handed = hand_in(sheet(place), NOW, TIMEZONE)
    assert handed.answers is not None
    assert handed.answers.flags == ("speeding",)
