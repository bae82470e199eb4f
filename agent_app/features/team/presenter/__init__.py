"""What happens in the team's place: its figures (``figures``) and the tasks behind them (``drill``)."""

from agent_app.features.team.presenter.drill import DrillPresenter
from agent_app.features.team.presenter.figures import FiguresPresenter

__all__ = ["DrillPresenter", "FiguresPresenter"]
