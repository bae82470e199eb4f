"""Promises at the desk: made with the answers of their call in one transaction, settled afterwards (M4.9)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.actions.calls import WrapUp, finish_call, start_call
from agent_app.actions.commitments import keep_commitment, withdraw_commitment
from agent_app.actions.drafts import save_draft
from agent_app.actions.guides import content, hand_in
from agent_app.actions.sittings import FormDraft
from agent_app.store.drafts import DONE
from agent_app.store.queries import task_sheet
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.publishing import publish
from tests.agent_app.desk import TIMEZONE
from tests.agent_app.features.workplace import Workplace, open_workplace
from tests.server_sync.organisation import NOW

GUIDE = """
| survey  |                |          |                        |                    |
|         | type           | name     | label                  | appearance         |
|         | hidden         | customer_name |                   |                    |
|         | acknowledge    | call     | 24小时内给${customer_name}回电 | promise within-24h |
|         | text           | other    | 其他承诺               | promise within-2d  |
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    """A task whose guide has two promises."""
    made = open_workplace(tmp_path, publish(GUIDE.strip().encode(), "guide.md").xform_xml)
    yield made
    made.company.store.close()


def wrap_up(place: Workplace, **answers: str) -> bytes:
    """Call, answer and save; returns the attempt's id."""
    desk, task_id, customer_id = place.company.desk(place.agent), place.task.row_id, place.customer.row_id
    attempt_id = desk.ids.new()
    start_call(desk, attempt_id, task_id, customer_id, place.number.row_id)
    given = {f"/data/{name}": value for name, value in answers.items()}
    draft = FormDraft(given, DONE, {"customer_name": "客户 A"})
    save_draft(desk, task_id, customer_id, None, attempt_id, content(draft))
    with place.company.store.read() as connection:
        sheet = task_sheet.load(connection, task_id)
    assert sheet is not None
    handed = hand_in(sheet, place.company.clock.now(), TIMEZONE)
    finish_call(desk, WrapUp(task_id, customer_id, attempt_id, "1.1", answers=handed.answers))
    return attempt_id


def test_m4_9_what_the_guide_promised_is_recorded_with_the_answers_of_the_call(place: Workplace) -> None:
    attempt_id = wrap_up(place, call="OK", other="寄一份说明书")
    response_id = place.one("SELECT id FROM response")[0]
    sql = "SELECT text, due_at, state, attempt_id, response_id, owner_id FROM commitment ORDER BY due_at"
    made = (attempt_id, response_id, place.agent.person_id)
    assert place.company.rows(sql) == [
        ("24小时内给客户 A回电", NOW + DAY, "open", *made),
        ("寄一份说明书", NOW + 2 * DAY, "open", *made),
    ]
    verbs = [str(name) for (name,) in place.company.rows("SELECT command FROM outbox ORDER BY mid")]
    assert verbs[1:] == ["record_answers@2", "make_commitment@1", "make_commitment@1", "finish_attempt@1"]


def test_a_call_without_a_promise_makes_none(place: Workplace) -> None:
    wrap_up(place)
    assert place.count("commitment") == 0


def test_a_promise_is_kept_or_withdrawn_with_its_reason(place: Workplace) -> None:
    wrap_up(place, call="OK", other="寄一份说明书")
    desk, customer_id = place.company.desk(place.agent), place.customer.row_id
    first, second = (row[0] for row in place.company.rows("SELECT id FROM commitment ORDER BY due_at"))
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    place.move(HOUR)
    changes = keep_commitment(desk, customer_id, first)
    assert changes.concerns("commitment", customer_id=customer_id)
    with pytest.raises(KnownError) as caught:
        withdraw_commitment(desk, customer_id, second, "")
    assert caught.value.kind is ErrorKind.FIELD_MISSING
    withdraw_commitment(desk, customer_id, second, "客户已自行下载")
    assert place.company.rows("SELECT state, note, settled_at FROM commitment ORDER BY due_at") == [
        ("kept", None, NOW + HOUR),
        ("withdrawn", "客户已自行下载", NOW + HOUR),
    ]
