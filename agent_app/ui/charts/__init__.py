"""Charts: bars with a trend line, and horizontal bars; themed from tokens, values readable without hovering,
click or Enter drills down.

pyqtgraph draws them; it is imported (``plots``) when a chart first shows: docs/decisions/0004.
"""

from agent_app.ui.charts.bars import BarTrend, HorizontalBars
from agent_app.ui.charts.shape import Bar

__all__ = ["Bar", "BarTrend", "HorizontalBars"]
