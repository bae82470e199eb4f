"""The room: its list with the quiet hours (``listing``), its fields (``fields``, ``steps``), a task tried out
(``trial``), its words (``words``), joined in ``feature``."""

from agent_app.features.ladders.view.feature import LaddersFeature

__all__ = ["LaddersFeature"]
