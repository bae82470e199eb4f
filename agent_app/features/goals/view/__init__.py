"""The room: its list (``listing``), its fields (``fields``), its words (``words``), joined in ``feature``."""

from agent_app.features.goals.view.feature import GoalsFeature

__all__ = ["GoalsFeature"]
