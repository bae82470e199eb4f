"""The team's place: members in the list column, figures in the work column, the tasks behind a figure over them."""

from agent_app.features.team.view.feature import TeamFeature

__all__ = ["TeamFeature"]
