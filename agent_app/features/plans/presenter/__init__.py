"""What happens in the plans' room: plans written and set to work (``room``), what one would do (``outlook``), whom it
is for (``audience``); fields of triggers (``triggers``), new plans and two writers of one (``drafting``)."""

from agent_app.features.plans.presenter.audience import AudiencePresenter
from agent_app.features.plans.presenter.room import PlansPresenter

__all__ = ["AudiencePresenter", "PlansPresenter"]
