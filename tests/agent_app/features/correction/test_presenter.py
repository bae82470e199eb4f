"""The panel of a correction without a window: the answers as they stand, kept as they are typed, the next edition."""

from dataclasses import dataclass, field

import pytest

from agent_app.actions.calls import Answers, WrapUp, finish_call, start_call
from agent_app.features.correction.presenter import CorrectionPresenter
from agent_app.features.correction.state import CorrectionState, Phase
from agent_app.store.changes import StoreChanges
from server_sync.domain.clock import SECOND
from server_sync.domain.commands import Actor
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.features.workplace import FORM_VERSION, Workplace
from tests.server_sync.organisation import NOW

RECEIVED, CSAT, NPS = "/data/opening/received", "/data/service/csat", "/data/service/nps"
GIVEN = {RECEIVED: "yes", CSAT: "2", NPS: "9"}


@dataclass
class Panel:
    """The presenter with what it drew."""

    place: Workplace
    actor: Actor
    presenter: CorrectionPresenter = field(init=False)
    drawn: list[CorrectionState] = field(default_factory=list)

    def __post_init__(self) -> None:
        session = self.place.company.session(self.actor, ImmediateWork())
        self.presenter = CorrectionPresenter(session, self.place.files, self.drawn.append)

    @property
    def state(self) -> CorrectionState:
        return self.drawn[-1]

    def open(self) -> "Panel":
        (first_id,) = self.place.one("SELECT id FROM response WHERE edition = 1")
        self.presenter.open(first_id)
        return self

    def value(self, path: str) -> str:
        assert self.presenter.filling is not None
        question = self.presenter.filling.session.question(path)
        assert question is not None
        return question.value


@pytest.fixture
def panel(place: Workplace) -> Panel:
    """A call that was wrapped up with answers, opened to be corrected."""
    desk, task_id, customer_id = place.company.desk(place.agent), place.task.row_id, place.customer.row_id
    attempt_id = desk.ids.new()
    start_call(desk, attempt_id, task_id, customer_id, place.number.row_id)
    answers = Answers(FORM_VERSION, dict(GIVEN), True, 2, 9, started_at=NOW)
    finish_call(desk, WrapUp(task_id, customer_id, attempt_id, "1.1", answers=answers))
    return Panel(place, place.agent).open()


def scores(panel: Panel) -> list[tuple[object, ...]]:
    return panel.place.company.rows("SELECT edition, csat FROM response ORDER BY edition")


def test_the_form_opens_with_the_answers_that_are_frozen_while_they_wait(panel: Panel) -> None:
    assert (panel.state.phase, panel.state.title) == (Phase.OPEN, "首访")
    assert panel.value(CSAT) == "2"
    assert [(one.number, one.csat, one.waiting) for one in panel.state.editions] == [(1, 2, True)]
    panel.presenter.on_answered(CSAT, "5")
    assert scores(panel) == [(1, 2)]


def test_saving_records_the_next_edition_and_ends_it(panel: Panel) -> None:
    panel.presenter.on_answered(CSAT, "5")
    panel.presenter.on_save()
    assert (panel.state.phase, panel.state.form) == (Phase.DONE, None)
    assert scores(panel) == [(1, 2), (2, 5)]
    assert panel.place.count("draft") == 0
    again = Panel(panel.place, panel.actor).open()
    assert again.value(CSAT) == "5"
    assert len(again.state.editions) == 2


def test_a_killed_correction_goes_on_as_it_was_saved(panel: Panel) -> None:
    panel.presenter.on_answered(CSAT, "5")
    panel.place.move(SECOND)
    again = Panel(panel.place, panel.actor).open()
    assert (again.value(CSAT), again.state.resumed_at) == ("5", NOW)


def test_looking_alone_leaves_no_draft(panel: Panel) -> None:
    panel.presenter.on_next()
    panel.presenter.on_left()
    assert (panel.state.phase, scores(panel)) == (Phase.DONE, [(1, 2)])


def test_a_correction_that_is_let_be_changes_nothing(panel: Panel) -> None:
    panel.presenter.on_answered(CSAT, "5")
    panel.presenter.on_let_be()
    assert (panel.state.phase, panel.place.count("draft"), scores(panel)) == (Phase.DONE, 0, [(1, 2)])


def test_who_may_not_correct_reads_them_only(panel: Panel) -> None:
    colleague = Panel(panel.place, panel.place.company.organisation.north_agents[1]).open()
    assert (colleague.state.phase, colleague.state.form) == (Phase.FROZEN, None)
    assert len(colleague.state.editions) == 1


def test_somebody_elses_correction_shows_at_once_and_takes_nothing_away(panel: Panel) -> None:
    panel.presenter.on_answered(NPS, "10")
    lead = Panel(panel.place, panel.place.company.organisation.north_lead)
    lead.open()
    lead.presenter.on_answered(CSAT, "4")
    lead.presenter.on_save()
    told = StoreChanges(frozenset({"response"}), None, "sync")
    panel.presenter.on_changed(told)
    assert [one.csat for one in panel.state.editions] == [2, 4]
    assert panel.value(NPS) == "10"
    panel.presenter.on_save()
    assert [row[0] for row in scores(panel)] == [1, 2, 3]


def test_answers_that_are_not_here_say_so(place: Workplace) -> None:
    panel = Panel(place, place.agent)
    panel.presenter.open(b"another-answer-1")
    assert panel.state.phase is Phase.MISSING


def test_a_form_that_cannot_be_read_says_so(panel: Panel) -> None:
    with panel.place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE form_version SET xform = '<html>'")
    again = Panel(panel.place, panel.actor).open()
    assert (again.state.phase, again.state.form) == (Phase.UNREADABLE, None)
    assert again.state.error is not None
