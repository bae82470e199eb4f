"""Answers that were handed in: frozen as they are, corrected by editions, the correction kept like any form."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent_app.actions.calls import Answers, WrapUp, finish_call, start_call
from agent_app.actions.corrections import (
    correct_answers,
    drop_correction,
    kept_correction,
    open_correction,
    save_correction,
)
from agent_app.actions.drafts import save_draft
from agent_app.actions.guides import content
from agent_app.actions.sittings import FormDraft, Sitting
from agent_app.store.queries import response_sheet, task_sheet
from agent_app.store.queries.response_sheet import ResponseSheet
from server_sync.domain.clock import MINUTE, SECOND
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.errors import ErrorKind, KnownError
from tests.agent_app.desk import TIMEZONE
from tests.agent_app.features.workplace import FORM_VERSION, Workplace, guide_xform, open_workplace
from tests.server_sync.organisation import NOW

RECEIVED, CSAT, NPS = "/data/opening/received", "/data/service/csat", "/data/service/nps"
GIVEN = {
    "/data/customer_name": "客户 A",
    "/data/meta/instanceID": "uuid:first",
    RECEIVED: "yes",
    CSAT: "2",
    NPS: "9",
}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    """A call that was wrapped up with answers, nothing of it sent yet."""
    made = open_workplace(tmp_path, guide_xform())
    desk, task_id, customer_id = made.company.desk(made.agent), made.task.row_id, made.customer.row_id
    attempt_id = desk.ids.new()
    start_call(desk, attempt_id, task_id, customer_id, made.number.row_id)
    answers = Answers(FORM_VERSION, dict(GIVEN), True, 2, 9, started_at=NOW)
    finish_call(desk, WrapUp(task_id, customer_id, attempt_id, "1.1", answers=answers))
    yield made
    made.company.store.close()


def sheet(place: Workplace, actor: Actor | None = None) -> ResponseSheet:
    """As it is shown, found by its first edition."""
    (first_id,) = place.one("SELECT id FROM response WHERE edition = 1")
    with place.company.store.read() as connection:
        found = response_sheet.load(connection, first_id, actor or place.agent)
    assert found is not None
    return found


def sit_down(place: Workplace) -> tuple[ResponseSheet, Sitting]:
    """Open the correction as a person does."""
    shown = sheet(place)
    filling, draft = open_correction(shown, place.company.clock.now(), TIMEZONE)
    clock = place.company.clock
    return shown, Sitting(filling, draft, FORM_VERSION, shown.customer_id, clock.now(), clock.monotonic)


def answer(place: Workplace, path: str, value: str) -> None:
    """Correct one answer and be killed as soon as it is saved."""
    shown, sitting = sit_down(place)
    place.move(5 * SECOND)
    assert sitting.session.answer(path, value).accepted
    sitting.followed()
    save_correction(place.company.desk(place.agent), shown, sitting.draft())


def correct(place: Workplace, actor: Actor | None = None) -> None:
    shown = sheet(place, actor)
    draft = kept_correction(shown)
    assert draft is not None
    correct_answers(place.company.desk(actor or place.agent), shown, draft, TIMEZONE)


def stored(place: Workplace) -> list[tuple[Any, ...]]:
    return list(place.company.rows("SELECT edition, csat, nps, complete FROM response ORDER BY edition"))


def test_what_was_handed_in_is_frozen_while_it_waits_to_be_sent(place: Workplace) -> None:
    before = place.one("SELECT * FROM response")
    desk = place.company.desk(place.agent)
    other = content(FormDraft({CSAT: "5"}))
    save_draft(desk, place.task.row_id, place.customer.row_id, FORM_VERSION, None, other)
    answer(place, CSAT, "5")
    assert place.one("SELECT * FROM response") == before
    assert [edition.waiting for edition in sheet(place).editions] == [True]


def test_a_correction_begins_with_the_answers_as_they_stand(place: Workplace) -> None:
    _, sitting = sit_down(place)
    assert sitting.session.answers().items() >= {RECEIVED: "yes", CSAT: "2", NPS: "9"}.items()
    page = sitting.session.page
    assert page is not None
    assert page.questions[0].label == "您好，是客户 A吗？"


def test_a_correction_is_the_next_edition_and_goes_behind_the_first(place: Workplace) -> None:
    answer(place, CSAT, "5")
    correct(place)
    assert stored(place) == [(1, 2, 9, 1), (2, 5, 9, 1)]
    verbs = [str(verb) for (verb,) in place.company.rows("SELECT command FROM outbox ORDER BY mid")]
    assert verbs[-3:] == ["record_answers@2", "finish_attempt@1", "correct_answers@1"]
    shown = sheet(place)
    assert [(one.number, one.csat, one.waiting) for one in shown.editions] == [(1, 2, True), (2, 5, True)]
    assert shown.answers[CSAT] == "5"
    assert shown.answers["/data/customer_name"] == "客户 A"
    assert (shown.draft, place.count("draft")) == (None, 0)


def test_the_new_edition_names_the_one_before_as_odk_does(place: Workplace) -> None:
    answer(place, CSAT, "5")
    correct(place)
    answers = sheet(place).answers
    assert answers["/data/meta/deprecatedID"] == "uuid:first"
    assert answers["/data/meta/instanceID"] not in ("", "uuid:first")


def test_a_correction_that_was_killed_goes_on_where_it_was(place: Workplace) -> None:
    answer(place, CSAT, "5")
    answer(place, NPS, "10")
    _, sitting = sit_down(place)
    assert sitting.session.answers().items() >= {CSAT: "5", NPS: "10"}.items()
    kept = kept_correction(sheet(place))
    assert kept is not None
    assert [row[0] for row in kept.audit if row[0].startswith("form")] == ["form start", "form resume"]
    with place.company.store.read() as connection:
        task = task_sheet.load(connection, place.task.row_id)
    assert task is not None
    assert task.draft is None  # the task's own draft is another one


def test_a_correction_is_made_in_the_version_that_was_filled_in(place: Workplace) -> None:
    newer = {"id": b"guide-version-02", "form_id": b"form-of-guide-01", "version": "2", "xform": "<html/>"}
    place.company.put(Insert("form_version", newer | {"published_at": NOW}))
    with place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET form_version_id = ?", (newer["id"],))
    answer(place, CSAT, "5")
    correct(place)
    assert place.company.rows("SELECT DISTINCT form_version_id FROM response") == [(FORM_VERSION,)]


def test_without_its_version_nothing_is_corrected_and_nothing_is_lost(place: Workplace) -> None:
    answer(place, CSAT, "5")
    with place.company.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM form_version WHERE id = ?", (FORM_VERSION,))
    with pytest.raises(KnownError) as caught:
        open_correction(sheet(place), NOW, TIMEZONE)
    assert (caught.value.kind, caught.value.values) == (ErrorKind.NOT_FOUND, {"table": "form_version"})
    kept = kept_correction(sheet(place))
    assert kept is not None
    assert kept.answers[CSAT] == "5"


def test_a_correction_begun_before_somebody_elses_is_kept_behind_it(place: Workplace) -> None:
    answer(place, CSAT, "5")
    first = sheet(place).corrects_id
    lead = place.company.organisation.north_lead
    shown = sheet(place, lead)
    mine = FormDraft({**GIVEN, CSAT: "3"}, started_at=NOW)
    others_desk = place.company.desk(lead)
    with place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE draft SET task_id = ?", (b"put-aside-awhile",))
    correct_answers(others_desk, shown, mine, TIMEZONE)
    with place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE draft SET task_id = ?", (first,))
    assert sheet(place).corrects_id == first
    correct(place)
    assert [row[:2] for row in stored(place)] == [(1, 2), (2, 3), (3, 5)]


def test_what_was_measured_stands_with_the_edition(place: Workplace) -> None:
    place.move(MINUTE)
    answer(place, CSAT, "5")
    correct(place)
    started, recorded, flags = place.one(
        "SELECT started_at, recorded_at, flags FROM response WHERE edition = 2"
    )
    assert (started, recorded, flags) == (NOW + MINUTE, NOW + MINUTE + 5 * SECOND, "[]")


def test_a_correction_may_be_let_be(place: Workplace) -> None:
    answer(place, CSAT, "5")
    drop_correction(place.company.desk(place.agent), sheet(place))
    assert (kept_correction(sheet(place)), place.count("draft"), len(stored(place))) == (None, 0, 1)


def test_who_did_not_record_them_and_does_not_lead_may_not_correct(place: Workplace) -> None:
    organisation = place.company.organisation
    asked = (place.agent, organisation.north_lead, organisation.north_agents[1], organisation.south_lead)
    assert [sheet(place, actor).may_correct for actor in asked] == [True, True, False, False]
    answer(place, CSAT, "5")
    with pytest.raises(KnownError) as caught:
        correct(place, organisation.north_agents[1])
    assert caught.value.kind is ErrorKind.NOT_FOUND
    assert len(stored(place)) == 1
