"""Indexes that the server alone has: planning looks through the rows of all customers, which a desk never does; those
that both need stand with their tables in the domain."""

from sqlalchemy import Connection

from server_sync.store.statement import run_text

_COLUMNS = {
    "customer_by_tier": ("customer", "tier, stage"),
    # all that the RFM digits are drawn from
    "customer_by_sums": ("customer", "order_count, last_order_on, spent_cents"),
    # all that is gathered of orders
    "sales_order_of_customer": ("sales_order", "customer_id, ordered_on, amount"),
    "sales_order_by_dispatch": ("sales_order", "shipped_on"),
    "sales_order_by_delivery": ("sales_order", "delivered_on"),
    "response_by_time": ("response", "recorded_at"),
}


def create(connection: Connection) -> None:
    """Make them, for tables that have none of them yet."""
    run_text(connection, "DROP INDEX sales_order_by_customer")  # the wider one is as good
    for name, (table, columns) in _COLUMNS.items():
        run_text(connection, f"CREATE INDEX {name} ON {table} ({columns})")
