"""What the customer bought: orders and their lines, with the source file's exact decimals."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Text, UniqueConstraint

from server_sync.domain.model.columns import Scope, id_column, replicated

sales_order = replicated(
    "sales_order",
    Scope.DOSSIER,
    id_column("customer_id"),
    Column("number", Text, nullable=False),  # not unique: an order is its number and its customer
    Column("ordered_on", Text, nullable=False),
    Column("shipped_on", Text),
    Column("delivered_on", Text),
    Column("amount", Text, nullable=False),  # exact decimal sum of the lines
    Column("line_count", Integer, nullable=False),
    Column("region", Text),
    Column("province", Text),
    Column("city", Text),
    Column("product_line", Text),  # of the line with the largest amount
    Column("returned_at", BigInteger),
    # the returned number belongs to several customers' orders: each is marked, none is sure
    Column("return_ambiguous", Boolean, nullable=False, default=False, server_default="0"),
    UniqueConstraint("number", "customer_id"),
    Index("sales_order_by_customer", "customer_id"),
    Index("sales_order_by_day", "ordered_on"),
)

order_line = replicated(
    "order_line",
    Scope.DOSSIER,
    id_column("customer_id"),
    id_column("order_id"),
    Column(
        "source_row", Text, nullable=False
    ),  # the line's own number in the source, or its place in the order
    Column("product_code", Text),
    Column("product_name", Text),
    Column("category", Text),
    Column("subcategory", Text),
    Column("amount", Text, nullable=False),  # exact decimal
    Column("quantity", Text),
    Column("discount", Text),
    Column("profit", Text),
    Index("order_line_by_customer", "customer_id"),
    Index("order_line_by_order", "order_id"),
)
