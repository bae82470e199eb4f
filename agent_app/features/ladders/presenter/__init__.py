"""What happens in the room: ladders written (``room``), a task tried out on one (``trial``)."""

from agent_app.features.ladders.presenter.room import LaddersPresenter

__all__ = ["LaddersPresenter"]
