"""Plans the sheets of contacts: what is new of customers who are known (numbers, where they live, birthday,
preferences)."""

from collections.abc import Iterable
from typing import Any

from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Channel, PreferredTime
from server_sync.intake.book import CustomerBook
from server_sync.intake.contact_points import ContactPoints, ways_to_reach
from server_sync.intake.customers import TITLES, correct_customer
from server_sync.intake.draft import Draft
from server_sync.intake.findings import Findings, RowRefusal
from server_sync.intake.known import KnownRow, known_rows, take_each
from server_sync.intake.records import Records
from server_sync.intake.stored import StoreView

_TIMES = {
    PreferredTime.MORNING: ("morning", "am", "上午", "早上", "早晨"),
    PreferredTime.AFTERNOON: ("afternoon", "pm", "下午", "中午", "午后"),
    PreferredTime.EVENING: ("evening", "晚上", "晚间", "傍晚", "夜间"),
}
_CHANNELS = {
    Channel.PHONE: ("phone", "call", "电话", "手机", "来电"),
    Channel.VISIT: ("visit", "上门", "面访", "拜访", "面谈"),
}
_AS_THEY_ARE = ("region", "province", "city", "address", "birthday_on")
_WORDS: dict[str, dict[str, str]] = {
    "preferred_time": {word: time.value for time, words in _TIMES.items() for word in words},
    "preferred_channel": {word: channel.value for channel, words in _CHANNELS.items() for word in words},
}


def plan_contacts(store: StoreView, draft: Draft, sheets: Iterable[Records], findings: Findings) -> int:
    """Put what the sheets say into the draft; returns how many rows were taken. Nothing is ever taken away."""
    rows = known_rows(store, draft, sheets, findings)
    book = CustomerBook(store.connection, (row.who for row in rows), store.lock)
    points = ContactPoints(store.connection, draft, {row.customer["id"] for row in rows})
    seen: dict[bytes, int] = {}

    def take(row: KnownRow) -> None:
        customer_id: bytes = row.customer["id"]
        first_row = seen.setdefault(customer_id, row.record.row)
        if first_row != row.record.row:
            raise RowRefusal(
                "customer_code", ErrorKind.DUPLICATE_ROW, value=row.customer["code"], first_row=first_row
            )
        owner = book.with_phone(row.who)
        if owner is not None and owner["id"] != customer_id:
            raise RowRefusal(
                "phone", ErrorKind.DUPLICATE_PHONE, value=row.who.phones[0].text, code=owner["code"]
            )
        correct_customer(draft, row.customer, _values(row), store.now)
        points.add(customer_id, ways_to_reach(row.who.phones, row.record.values))

    return take_each(rows, findings, take)


def _values(row: KnownRow) -> dict[str, Any]:
    """The wanted values of the customer's columns. Raises RowRefusal for a word that is not known."""
    record = row.record
    values: dict[str, Any] = {name: record.values[name] for name in _AS_THEY_ARE if name in record.values}
    if (title := record.get("title")) is not None:
        values["title"] = TITLES.get(title.lower(), title)
    for field, known in _WORDS.items():
        if (word := record.get(field)) is not None:
            if word.lower() not in known:
                raise RowRefusal(field, ErrorKind.FIELD_INVALID, value=word)
            values[field] = known[word.lower()]
    return values
