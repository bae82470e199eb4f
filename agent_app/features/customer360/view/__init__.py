"""The customer column: `column` as a whole, `corrections` its fields to correct, `lines` its history in words."""

from agent_app.features.customer360.view.column import CustomerFeature

__all__ = ["CustomerFeature"]
