"""What happens in the forms room: the forms (``room``), a file's import (``importing``), a trial (``trial``)."""

from agent_app.features.forms.presenter.importing import ImportPresenter
from agent_app.features.forms.presenter.room import RoomPresenter
from agent_app.features.forms.presenter.trial import TrialPresenter

__all__ = ["ImportPresenter", "RoomPresenter", "TrialPresenter"]
