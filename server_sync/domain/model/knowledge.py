"""What an agent may look up while he talks: answers, objections and emergency replies (M5.2, M5.8, M5.11)."""

from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Column, Text

from server_sync.domain.model.columns import JsonText, Scope, id_column, replicated


class ArticleKind(StrEnum):
    """On which shelf it stands."""

    KNOWLEDGE = "knowledge"
    """A question that comes up again and again, with its answer (知识库)."""
    OBJECTION = "objection"
    """What a customer holds against it, and what to say then (异议处理)."""
    EMERGENCY = "emergency"
    """What to say when it goes wrong (应急应答)."""
    SOOTHING = "soothing"
    """What to say to a customer who is upset (安抚话术)."""


article = replicated(
    "article",
    Scope.REF,
    Column("code", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("keywords", JsonText, nullable=False),  # ["打印模糊", "卡纸"]
    Column("body", Text, nullable=False),  # plain text, paragraphs by empty lines
    Column("purposes", JsonText, nullable=False, default=list, server_default="[]"),  # of plans; none: of all
    Column("active", Boolean, nullable=False, default=True, server_default="1"),
    Column("source", Text),  # the practice it follows, such as an inventory ID
    Column("changed_at", BigInteger, nullable=False),
    id_column("changed_by", required=False),
)
