"""The plans' room: the list (``listing``), the plan that is written on (``designer`` with its ``sections``), what it
would do (``outlook``), joined in ``feature``."""

from agent_app.features.plans.view.feature import PlansFeature

__all__ = ["PlansFeature"]
