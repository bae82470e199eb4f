"""What a transaction changed in the store, as one plain value for every screen; no signal and no query."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StoreChanges:
    """The effect of one or several committed transactions.

    `tables` are names of database tables. `customer_ids` are the customers whose dossiers were touched; None
    means any or all of them (a whole page of the feed). `origin` names who did it (a feature, or "sync"), so
    that the initiator may skip what it already shows; "" means several at once, which nobody may skip.
    """

    tables: frozenset[str]
    customer_ids: frozenset[bytes] | None = None
    origin: str = ""

    def concerns(self, *tables: str, customer_id: bytes | None = None) -> bool:
        """Whether one of `tables` changed, and, if a customer is named, whether it may have been his rows."""
        if self.tables.isdisjoint(tables):
            return False
        return customer_id is None or self.customer_ids is None or customer_id in self.customer_ids

    def merged(self, other: "StoreChanges") -> "StoreChanges":
        """Both effects as one."""
        any_customer = self.customer_ids is None or other.customer_ids is None
        return StoreChanges(
            self.tables | other.tables,
            None
            if any_customer
            else (self.customer_ids or frozenset()) | (other.customer_ids or frozenset()),
            self.origin if self.origin == other.origin else "",
        )
