"""What happens in the team's place: its figures (``figures``), the tasks behind them (``drill``) and the ``roster``."""

from agent_app.features.team.presenter.drill import DrillPresenter
from agent_app.features.team.presenter.figures import FiguresPresenter
from agent_app.features.team.presenter.roster import RosterPresenter

__all__ = ["DrillPresenter", "FiguresPresenter", "RosterPresenter"]
