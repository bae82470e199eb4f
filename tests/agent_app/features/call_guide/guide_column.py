"""The work column's presenter with what it drew, and the same desk after a kill."""

from dataclasses import dataclass, field

from agent_app.features.call_guide.model import prefill
from agent_app.features.call_guide.presenter import CallGuidePresenter
from agent_app.features.call_guide.state import CallGuideState
from agent_app.ui.forms.state import FormState
from tests.agent_app.features.workplace import Workplace

RECEIVED, CSAT, NPS = "/data/opening/received", "/data/service/csat", "/data/service/nps"


@dataclass
class Column:
    """The presenter with what it drew."""

    place: Workplace
    presenter: CallGuidePresenter = field(init=False)
    drawn: list[CallGuideState] = field(default_factory=list)

    def __post_init__(self) -> None:
        place = self.place
        self.presenter = CallGuidePresenter(
            place.session,
            place.routes.append,
            place.phone,
            lambda facts: prefill(facts, place.session.timezone),
            place.files,
            place.positions.positions,
            self.drawn.append,
        )

    @property
    def state(self) -> CallGuideState:
        return self.drawn[-1]

    @property
    def form(self) -> FormState:
        assert self.state.form is not None
        return self.state.form

    @property
    def questions(self) -> list[str]:
        assert self.form.page is not None
        return [question.name for question in self.form.page.questions]


def after_a_kill(column: Column) -> Column:
    """The same desk, started again."""
    again = Column(column.place.another_desk())
    again.presenter.open(column.place.task.row_id)
    return again


def through_to_the_end(column: Column) -> None:
    """Answer what is required and go behind the last page."""
    column.presenter.on_answered(RECEIVED, "yes")
    column.presenter.on_next()
    column.presenter.on_answered(CSAT, "5")
    column.presenter.on_answered(NPS, "9")
    for _ in range(5):
        column.presenter.on_next()
