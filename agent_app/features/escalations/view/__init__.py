"""The inbox: the list (``listing``), one entry with what is done about it (``detail``), joined in ``feature``."""

from agent_app.features.escalations.view.feature import EscalationsFeature

__all__ = ["EscalationsFeature"]
