"""What happens in the responses room: form, filters and reading (``room``), one export (``exporting``)."""

from agent_app.features.responses.presenter.room import ResponsesPresenter

__all__ = ["ResponsesPresenter"]
