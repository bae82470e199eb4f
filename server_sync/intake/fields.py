"""What a column may be, per kind of sheet: how its cells are read, which headers it goes by, which are needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from server_sync.domain.model import EventKind
from server_sync.intake import synonyms


class SheetKind(StrEnum):
    """What a sheet's rows are."""

    CUSTOMERS = "customers"
    ORDERS = "orders"
    """One order line a row."""
    RETURNS = "returns"
    """One returned order number a row."""
    MANAGERS = "managers"
    """A region and its manager a row."""
    CONTACTS = "contacts"
    """More of a customer who is known: numbers, where he lives, birthday, when and how he likes to be reached."""
    CONTRACTS = "contracts"
    """One contract a row."""
    EVENTS = "events"
    """What happened in other systems: one event a row, or one of each kind that has a column."""
    SKIP = "skip"


IMPORTABLE = (
    SheetKind.CUSTOMERS,
    SheetKind.ORDERS,
    SheetKind.CONTACTS,
    SheetKind.CONTRACTS,
    SheetKind.EVENTS,
)
"""What a workbook can be imported as."""


class Form(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    CODE = "code"
    DAY = "day"
    TIME = "time"
    """A day, perhaps with a time of day."""
    NUMBER = "number"
    PHONE = "phone"
    EMAIL = "email"
    FLAG = "flag"
    TAGS = "tags"


@dataclass(frozen=True)
class Field:
    """A field of a sheet kind: how its cells are read, its headers, the surest first, and whether a sheet needs it."""

    form: Form
    headers: tuple[str, ...]
    required: bool = False


CUSTOMER_FIELDS: Mapping[str, Field] = {
    "code": Field(Form.CODE, (*synonyms.CUSTOMER_CODE, "编号", "代码", "ID", "Code", "No")),
    "name": Field(Form.TEXT, synonyms.CUSTOMER_NAME),
    "company": Field(Form.TEXT, synonyms.COMPANY),
    "title": Field(Form.TEXT, synonyms.TITLE),
    "phone": Field(Form.PHONE, synonyms.PHONE),
    "phone_2": Field(Form.PHONE, synonyms.SECOND_PHONE),
    "email": Field(Form.EMAIL, synonyms.EMAIL),
    "wechat": Field(Form.CODE, synonyms.WECHAT),
    "segment": Field(Form.TEXT, synonyms.SEGMENT),
    "tier": Field(Form.TEXT, synonyms.TIER),
    "region": Field(Form.TEXT, synonyms.REGION),
    "province": Field(Form.TEXT, synonyms.PROVINCE),
    "city": Field(Form.TEXT, synonyms.CITY),
    "address": Field(Form.TEXT, synonyms.ADDRESS),
    "team": Field(Form.TEXT, synonyms.TEAM),
    "owner": Field(Form.CODE, synonyms.OWNER),
    "language": Field(Form.TEXT, synonyms.LANGUAGE),
    "product_line": Field(Form.TEXT, synonyms.PRODUCT_LINE),
    "tags": Field(Form.TAGS, synonyms.TAGS),
    "birthday_on": Field(Form.DAY, synonyms.BIRTHDAY),
    "note": Field(Form.TEXT, synonyms.NOTE),
}

ORDER_FIELDS: Mapping[str, Field] = {
    "number": Field(Form.CODE, synonyms.ORDER_NUMBER, required=True),
    "ordered_on": Field(Form.DAY, synonyms.ORDERED_ON, required=True),
    "shipped_on": Field(Form.DAY, synonyms.SHIPPED_ON),
    "delivered_on": Field(Form.DAY, synonyms.DELIVERED_ON),
    "customer_code": Field(Form.CODE, synonyms.CUSTOMER_CODE),
    "customer_name": Field(Form.TEXT, synonyms.CUSTOMER_NAME),
    "phone": Field(Form.PHONE, synonyms.PHONE),
    "segment": Field(Form.TEXT, synonyms.SEGMENT),
    "region": Field(Form.TEXT, synonyms.REGION),
    "province": Field(Form.TEXT, synonyms.PROVINCE),
    "city": Field(Form.TEXT, synonyms.CITY),
    "address": Field(Form.TEXT, synonyms.ADDRESS),
    "source_row": Field(Form.CODE, synonyms.SOURCE_ROW),
    "product_code": Field(Form.CODE, synonyms.PRODUCT_CODE),
    "product_name": Field(Form.TEXT, synonyms.PRODUCT_NAME),
    "category": Field(Form.TEXT, synonyms.CATEGORY),
    "subcategory": Field(Form.TEXT, synonyms.SUBCATEGORY),
    "amount": Field(Form.NUMBER, synonyms.AMOUNT, required=True),
    "quantity": Field(Form.NUMBER, synonyms.QUANTITY),
    "discount": Field(Form.NUMBER, synonyms.DISCOUNT),
    "profit": Field(Form.NUMBER, synonyms.PROFIT),
}

RETURN_FIELDS: Mapping[str, Field] = {
    "number": Field(Form.CODE, synonyms.ORDER_NUMBER, required=True),
    "returned": Field(Form.FLAG, synonyms.RETURNED, required=True),
    "returned_on": Field(Form.DAY, synonyms.RETURNED_ON),
    "customer_code": Field(Form.CODE, synonyms.CUSTOMER_CODE),
    "reason": Field(Form.TEXT, synonyms.RETURN_REASON),
}

MANAGER_FIELDS: Mapping[str, Field] = {
    "region": Field(Form.TEXT, synonyms.REGION, required=True),
    "manager": Field(Form.TEXT, synonyms.MANAGER, required=True),
}

_WHO: Mapping[str, Field] = {
    "customer_code": Field(Form.CODE, synonyms.CUSTOMER_CODE),
    "customer_name": Field(Form.TEXT, synonyms.CUSTOMER_NAME),
    "company": Field(Form.TEXT, synonyms.COMPANY),
}
"""Who of the known customers a row is about."""

CONTACT_FIELDS: Mapping[str, Field] = {
    **_WHO,
    "customer_code": Field(Form.CODE, (*synonyms.CUSTOMER_CODE, "编号", "代码")),
    "phone": Field(Form.PHONE, synonyms.PHONE),
    "phone_2": Field(Form.PHONE, synonyms.SECOND_PHONE),
    "email": Field(Form.EMAIL, synonyms.EMAIL),
    "wechat": Field(Form.CODE, synonyms.WECHAT),
    "region": Field(Form.TEXT, synonyms.REGION),
    "province": Field(Form.TEXT, synonyms.PROVINCE),
    "city": Field(Form.TEXT, synonyms.CITY),
    "address": Field(Form.TEXT, synonyms.ADDRESS),
    "title": Field(Form.TEXT, synonyms.TITLE),
    "birthday_on": Field(Form.DAY, synonyms.BIRTHDAY),
    "preferred_time": Field(Form.TEXT, synonyms.PREFERRED_TIME),
    "preferred_channel": Field(Form.TEXT, synonyms.PREFERRED_CHANNEL),
}

CONTRACT_FIELDS: Mapping[str, Field] = {
    "number": Field(Form.CODE, synonyms.CONTRACT_NUMBER, required=True),
    **_WHO,
    "phone": Field(Form.PHONE, synonyms.PHONE),
    "signed_on": Field(Form.DAY, synonyms.SIGNED_ON),
    "starts_on": Field(Form.DAY, synonyms.STARTS_ON),
    "expires_on": Field(Form.DAY, synonyms.EXPIRES_ON),
    "renewed_on": Field(Form.DAY, synonyms.RENEWED_ON),
    "amount": Field(Form.NUMBER, synonyms.CONTRACT_AMOUNT),
    "product_line": Field(Form.TEXT, synonyms.PRODUCT_LINE),
}

EVENT_TIMES: Mapping[EventKind, tuple[str, ...]] = {
    EventKind.COMPLAINT_SOLVED: synonyms.COMPLAINT_SOLVED_AT,
    EventKind.SIGNING: synonyms.SIGNED_ON,
    EventKind.DELIVERY: synonyms.DELIVERED_ON,
    EventKind.INSTALLATION: synonyms.INSTALLATION_AT,
    EventKind.GO_LIVE: synonyms.GO_LIVE_AT,
    EventKind.COMPLAINT: synonyms.COMPLAINT_AT,
    EventKind.TICKET_SOLVED: synonyms.TICKET_SOLVED_AT,
    EventKind.COURSE_ENDED: synonyms.COURSE_ENDED_AT,
    EventKind.ENQUIRY: synonyms.ENQUIRY_AT,
    EventKind.VISIT: synonyms.VISIT_AT,
}
"""The headers of columns that say of one kind of event when it was."""


def event_time(kind: EventKind) -> str:
    """The field of such a column."""
    return f"{kind.value}_at"


EVENT_FIELDS: Mapping[str, Field] = {
    "number": Field(Form.CODE, synonyms.EVENT_NUMBER),
    **_WHO,
    "phone": Field(Form.PHONE, synonyms.PHONE),
    **{event_time(kind): Field(Form.TIME, headers) for kind, headers in EVENT_TIMES.items()},
    "kind": Field(Form.TEXT, synonyms.EVENT_KIND),
    "happened_at": Field(Form.TIME, synonyms.HAPPENED_AT),
    "product_line": Field(Form.TEXT, synonyms.PRODUCT_LINE),
    "subject": Field(Form.TEXT, synonyms.EVENT_SUBJECT),
    "note": Field(Form.TEXT, synonyms.NOTE),
}

FIELDS: Mapping[SheetKind, Mapping[str, Field]] = {
    SheetKind.CUSTOMERS: CUSTOMER_FIELDS,
    SheetKind.ORDERS: ORDER_FIELDS,
    SheetKind.CONTACTS: CONTACT_FIELDS,
    SheetKind.CONTRACTS: CONTRACT_FIELDS,
    SheetKind.EVENTS: EVENT_FIELDS,
    SheetKind.RETURNS: RETURN_FIELDS,
    SheetKind.MANAGERS: MANAGER_FIELDS,
    SheetKind.SKIP: {},
}

_NAMED = ("customer_code", "phone", "customer_name")
ONE_OF: Mapping[SheetKind, tuple[tuple[str, ...], ...]] = {
    SheetKind.CUSTOMERS: (("name", "company"),),
    SheetKind.ORDERS: (_NAMED,),
    SheetKind.CONTACTS: (_NAMED,),
    SheetKind.CONTRACTS: (_NAMED,),
    SheetKind.EVENTS: (_NAMED, ("happened_at", *map(event_time, EVENT_TIMES))),
}
"""Fields of which a sheet of the kind needs at least one of each group: who a row is about, when it was."""


def missing_fields(kind: SheetKind, mapped: set[str]) -> tuple[str, ...]:
    """The fields that a sheet of the kind still needs; alternatives as one text "customer_code|phone|customer_name"."""
    missing = [name for name, field in FIELDS[kind].items() if field.required and name not in mapped]
    missing += ["|".join(group) for group in ONE_OF.get(kind, ()) if not mapped.intersection(group)]
    return tuple(missing)
