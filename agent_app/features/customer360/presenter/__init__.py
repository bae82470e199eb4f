"""What happens in the customer column: `customer` and his data, `promises` to him, `ledger` of contacts
with him, `attachments` to his dossier."""

from agent_app.features.customer360.presenter.attachments import AttachmentsPresenter
from agent_app.features.customer360.presenter.customer import CustomerPresenter
from agent_app.features.customer360.presenter.ledger import LedgerPresenter
from agent_app.features.customer360.presenter.promises import PromisesPresenter

__all__ = ["AttachmentsPresenter", "CustomerPresenter", "LedgerPresenter", "PromisesPresenter"]
