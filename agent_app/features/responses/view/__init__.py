"""The responses room: filters, the table, one response at the side (``feature``)."""

from agent_app.features.responses.view.feature import ResponsesFeature

__all__ = ["ResponsesFeature"]
