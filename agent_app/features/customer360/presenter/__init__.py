"""What happens in the customer column: `customer` and his data, `attachments` to his dossier."""

from agent_app.features.customer360.presenter.attachments import AttachmentsPresenter
from agent_app.features.customer360.presenter.customer import CustomerPresenter

__all__ = ["AttachmentsPresenter", "CustomerPresenter"]
