"""The customer, his contact points and his do-not-call entries; what he bought stands in `order`."""

from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Text

from server_sync.domain.model.columns import JsonText, Scope, id_column, replicated


class Tier(StrEnum):
    """Value tiers (M2.5); thresholds are settings."""

    VIP = "vip"
    NORMAL = "normal"
    POTENTIAL = "potential"
    DORMANT = "dormant"


class Mood(StrEnum):
    """How the customer felt when he was last spoken to (M2.14)."""

    SATISFIED = "satisfied"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"


class Stage(StrEnum):
    """Where a customer stands in his life with the company (M1.19, M2.6)."""

    NEW = "new"
    ACTIVE = "active"
    SILENT = "silent"
    CHURNING = "churning"
    LOST = "lost"


class PreferredTime(StrEnum):
    """When the customer likes to be called (M1.20)."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


customer = replicated(
    "customer",
    Scope.DOSSIER,
    Column("code", Text, nullable=False, unique=True),  # the company's own customer number
    Column("kind", Text, nullable=False),  # "person" or "company"
    Column("name", Text, nullable=False),
    Column("title", Text),  # 先生, 女士 or an office
    Column("segment", Text),  # the company's own class of customers, such as 消费者
    Column("tier", Text, nullable=False),
    id_column("team_id", required=False),
    id_column("owner_id", required=False),
    Column("region", Text),
    Column("province", Text),
    Column("city", Text),
    Column("address", Text),
    Column("language", Text, nullable=False, default="zh", server_default="zh"),
    Column("product_line", Text),
    Column("tags", JsonText, nullable=False, default=list, server_default="[]"),
    Column("mood", Text),  # a value of Mood
    Column("preferred_time", Text),  # a value of PreferredTime
    Column("birthday_on", Text),
    Column("note", Text),
    # sums kept up by whoever writes orders and attempts; amounts in cents, rounded once from the exact lines
    Column("spent_cents", BigInteger, nullable=False, default=0, server_default="0"),
    Column("order_count", Integer, nullable=False, default=0, server_default="0"),
    Column("last_order_on", Text),
    Column("last_contact_at", BigInteger),
    Column("next_contact_at", BigInteger),
    # field name -> {"at": ms, "by": person id as hex, "rev": the row's version then}: how each field was last corrected
    # (SYNC §5; `rules.merge`)
    Column("field_stamps", JsonText, nullable=False, default=dict, server_default="{}"),
    Column(
        "extra", JsonText, nullable=False, default=dict, server_default="{}"
    ),  # fields of the industry (M2.4)
    Column("created_at", BigInteger, nullable=False),
    # what segmentation has worked out, each with its reason in `standing_because`: {name: {"kind", …values}}
    Column("stage", Text),  # a value of Stage
    Column("rfm", Text),  # three digits 1 to 5: recency, frequency, money
    Column("activity_index", Integer),  # 0–100
    Column("churn_risk", Integer),  # 0–100
    Column("lifetime_cents", BigInteger),  # LTV (M2.11)
    Column("segment_codes", JsonText, nullable=False, default=list, server_default="[]"),
    Column("standing_because", JsonText, nullable=False, default=dict, server_default="{}"),
    # {"occupation", "habits", "preferences", "price_sensitivity", "purchase_cycle_days"} (M2.13)
    Column("portrait", JsonText, nullable=False, default=dict, server_default="{}"),
    Column("preferred_channel", Text),  # a value of Channel (M1.20)
    Index("customer_by_team", "team_id"),
    Index("customer_by_owner", "owner_id"),
)

contact_point = replicated(
    "contact_point",
    Scope.DOSSIER,
    id_column("customer_id"),
    Column("kind", Text, nullable=False),  # mobile, landline, email, wechat
    Column("value", Text, nullable=False),  # a number as "+8613812341234"
    Column("label", Text),  # 本人, 公司, 家人
    Column("position", Integer, nullable=False),
    Column("valid", Boolean, nullable=False),  # false after 空号/停机: final for this number
    Column("stamp", JsonText),  # {"at": ms, "by": person id as hex}: who last corrected it (SYNC §5)
    # since when two people say different things of it: it is not dialled until a lead has settled that (SYNC §5)
    Column("disputed_at", BigInteger),
    Index("contact_point_by_customer", "customer_id"),
    Index("contact_point_by_value", "value"),
)

do_not_call = replicated(
    "do_not_call",
    Scope.DOSSIER,
    id_column("customer_id"),
    Column("scope", Text, nullable=False),  # all, service, marketing, survey
    Column("source", Text, nullable=False),  # call, import, link, supervisor
    Column("note", Text),
    id_column("set_by", required=False),
    Column("set_at", BigInteger, nullable=False),
    id_column("cleared_by", required=False),
    Column("cleared_at", BigInteger),
    Index("do_not_call_by_customer", "customer_id"),
)
