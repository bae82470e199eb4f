"""Plans the sheets of customers: what is new, what changes; who is the same person, `duplicates` says."""

from collections.abc import Iterable
from typing import Any

from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Tier
from server_sync.domain.rules.merge import CORRECTABLE
from server_sync.intake.book import CustomerBook, Who
from server_sync.intake.contact_points import ContactPoints, ways_to_reach
from server_sync.intake.draft import Draft, Row
from server_sync.intake.duplicates import SeenCustomers, stored_customer
from server_sync.intake.findings import Findings, NoticeKind, RowRefusal
from server_sync.intake.records import Record, Records
from server_sync.intake.stored import StoreView
from server_sync.intake.teams import Teams

_TIERS = {
    Tier.VIP: ("vip", "贵宾", "重要", "重点", "大客户", "钻石", "铂金"),
    Tier.NORMAL: ("normal", "普通", "一般", "标准", "regular", "standard"),
    Tier.POTENTIAL: ("potential", "潜在", "意向", "prospect", "lead"),
    Tier.DORMANT: ("dormant", "沉睡", "休眠", "inactive"),
}
_TIER_OF = {word: tier.value for tier, words in _TIERS.items() for word in words}
_LANGUAGES = {"中文": "zh", "普通话": "zh", "汉语": "zh", "国语": "zh", "chinese": "zh", "mandarin": "zh"} | {
    "英语": "en", "英文": "en", "english": "en", "粤语": "yue", "广东话": "yue", "cantonese": "yue"
}  # fmt: skip
TITLES = {"男": "先生", "女": "女士", "male": "先生", "female": "女士", "m": "先生", "f": "女士"}
_AS_THEY_ARE = ("segment", "region", "province", "city", "address", "product_line", "birthday_on", "note")


def new_customer(code: str, name: str, now: int) -> dict[str, Any]:
    """A customer's row with everything that it needs beside its id."""
    return {
        "code": code,
        "kind": "person",
        "name": name,
        "tier": Tier.NORMAL.value,
        "language": "zh",
        "tags": [],
        "spent_cents": 0,
        "order_count": 0,
        "field_stamps": {},
        "extra": {},
        "created_at": now,
    }


def made_code(seed: bytes) -> str:
    """The number of a customer whose source has none: "A" and 14 hexadecimal digits out of a new id."""
    return f"A{seed[-7:].hex().upper()}"


def plan_customers(
    store: StoreView, draft: Draft, teams: Teams, sheets: Iterable[Records], findings: Findings
) -> int:
    """Put the sheets' customers into the draft; returns how many were taken. A refused row is an error of a column."""
    seen = SeenCustomers()
    people: list[tuple[Records, Record, Who]] = []
    for records in sheets:
        for column in ("team", "region"):
            names = (record.values[column] for record in records.rows if column in record.values)
            teams.provide(names, records.sheet, records.title(column), findings)
        for record in records.rows:
            try:
                who = _who(record)
                seen.meet(record.row, who)
            except RowRefusal as refusal:
                records.refuse(findings, record, refusal)
            else:
                people.append((records, record, who))
    book = CustomerBook(store.connection, (who for _, _, who in people), store.lock)
    accepted: list[tuple[Record, Who, Row | None, dict[str, Any]]] = []
    claimed: dict[bytes, int] = {}
    for records, record, who in people:
        try:
            stored = stored_customer(book, who)
            if stored is not None and claimed.setdefault(stored["id"], record.row) != record.row:
                first_row = claimed[stored["id"]]
                raise RowRefusal("phone", ErrorKind.DUPLICATE_PHONE, value=who.name, first_row=first_row)
            accepted.append((record, who, stored, _values(records, record, who, stored, teams, findings)))
        except RowRefusal as refusal:
            records.refuse(findings, record, refusal)
        else:
            if stored is None and not ways_to_reach(who.phones, record.values):
                findings.add(records.sheet, record.row, "", NoticeKind.NO_CONTACT_POINT)
    stored_ids = (stored["id"] for _, _, stored, _ in accepted if stored)
    points = ContactPoints(store.connection, draft, stored_ids)
    for record, who, stored, values in accepted:
        customer_id = _put(draft, who, stored, values, store.now)
        points.add(customer_id, ways_to_reach(who.phones, record.values))
    return len(accepted)


def _who(record: Record) -> Who:
    company = record.get("company")
    name = record.get("name") or company
    assert name is not None  # read_records refuses a row with neither
    phones = (*record.values.get("phone", ()), *record.values.get("phone_2", ()))
    return Who(record.get("code"), phones, name, company if record.get("name") else None)


def _values(
    records: Records, record: Record, who: Who, stored: Row | None, teams: Teams, findings: Findings
) -> dict[str, Any]:
    """The wanted values of a customer's columns; an empty cell says nothing. Raises RowRefusal for an unknown owner."""
    values: dict[str, Any] = {name: record.values[name] for name in _AS_THEY_ARE if name in record.values}
    extra = dict(stored["extra"]) if stored else {}
    values["name"] = who.name
    if who.company is not None:
        extra["company"] = who.company
    elif record.get("name") is None:
        values["kind"] = "company"
    if (title := record.get("title")) is not None:
        values["title"] = TITLES.get(title.lower(), title)
    if (language := record.get("language")) is not None:
        values["language"] = _LANGUAGES.get(language.lower(), language)
    if (word := record.get("tier")) is not None:
        tier = _tier(word)
        if tier is None:
            extra["level"] = word
            findings.add(
                records.sheet, record.row, records.title("tier"), NoticeKind.TIER_UNKNOWN, value=word
            )
        elif tier != Tier.NORMAL or stored is None or "tier" not in stored["standing_because"]:
            values["tier"] = (
                tier  # 普通 is what everybody begins with: it takes back no tier that was worked out
            )
    if "tags" in record.values:
        before = stored["tags"] if stored else []
        values["tags"] = [*before, *(tag for tag in record.values["tags"] if tag not in before)]
    team_id = teams.find(record.get("team")) or teams.find(record.get("region"))
    if team_id is not None:
        values["team_id"] = team_id
    if (owner := record.get("owner")) is not None:
        person = teams.person(owner)
        if person is None:
            raise RowRefusal("owner", ErrorKind.FIELD_INVALID, value=owner)
        values["owner_id"] = person["id"]
    return {**values, "extra": extra}


def _tier(word: str) -> str | None:
    plain = word.strip().lower()
    for end in ("客户", "会员"):
        plain = plain.removesuffix(end)
    return _TIER_OF.get(plain) or _TIER_OF.get(word.strip().lower())


def _put(draft: Draft, who: Who, stored: Row | None, values: dict[str, Any], now: int) -> bytes:
    if stored is None:
        return draft.insert(
            "customer", new_customer(who.code or made_code(draft.new_id()), who.name, now) | values
        )
    return correct_customer(draft, stored, values, now)


def correct_customer(draft: Draft, stored: Row, values: dict[str, Any], now: int) -> bytes:
    """Wanted values of a customer of the store, those that a desk may correct too stamped with the import's time."""
    customer_id = draft.keep("customer", stored)
    corrected = {name for name in CORRECTABLE.intersection(values) if stored[name] != values[name]}
    if corrected:
        # a correction that a desk made before this moment, and sends later, is older than the import
        values["field_stamps"] = {
            **stored["field_stamps"],
            **{name: {"at": now, "by": None} for name in corrected},
        }
    draft.amend("customer", customer_id, values)
    return customer_id
