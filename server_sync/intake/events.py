"""Plans the sheets of events of other systems: deliveries, courses, tickets, signings, enquiries, visits (M1.3 to
M1.13)."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from server_sync.domain.clock import DAY, MINUTE, SECOND
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import EventKind, event
from server_sync.domain.rules.local_time import Zone, clock_face, clock_minute, day_number, iso_day, zone
from server_sync.intake.draft import Draft, Row
from server_sync.intake.fields import EVENT_TIMES, event_time
from server_sync.intake.findings import Findings, NoticeKind, RowRefusal
from server_sync.intake.known import KnownRow, known_rows, take_each
from server_sync.intake.records import Records
from server_sync.intake.stored import StoreView, rows_where
from server_sync.store import company

_WORDS = {
    EventKind.SIGNING: ("签约", "签订", "签署", "投保", "signed"),
    EventKind.DELIVERY: ("交付", "送达", "签收", "配送", "到货", "delivered"),
    EventKind.INSTALLATION: ("安装", "安装完成", "installed"),
    EventKind.GO_LIVE: ("上线", "开通", "go live", "go-live", "live"),
    EventKind.COMPLAINT: ("投诉", "客诉", "complained"),
    EventKind.COMPLAINT_SOLVED: (
        "投诉解决",
        "投诉办结",
        "投诉已解决",
        "complaint solved",
        "complaint resolved",
    ),
    EventKind.TICKET_SOLVED: (
        "工单解决",
        "工单办结",
        "工单关闭",
        "问题解决",
        "ticket solved",
        "ticket closed",
    ),
    EventKind.COURSE_ENDED: ("结课", "课程结束", "结业", "course ended", "course completed"),
    EventKind.ENQUIRY: ("咨询", "询价", "咨询产品", "inquiry"),
    EventKind.VISIT: ("到访", "来访", "到店", "访问", "浏览", "登录", "visited"),
}
_KINDS = {
    word: kind
    for kind, words in _WORDS.items()
    for word in (kind.value, kind.value.replace("_", " "), *words)
}
_LEFT_OUT = ("日期", "时间", "事件")
"""What may stand behind the word for a kind."""


def plan_events(store: StoreView, draft: Draft, sheets: Iterable[Records], findings: Findings) -> int:
    """Put the sheets' events into the draft; returns how many rows were taken.

    An event is its number, kind and customer; one without a number has its moment on the company's wall clock and its
    product line for one, so that the same file again doubles nothing.
    """
    local = zone(company.setting_of(store.connection, "company")["timezone"])
    rows = known_rows(store, draft, sheets, findings)
    customers = {row.customer["id"] for row in rows}
    stored: dict[tuple[bytes, str, str], Row] = {
        (row["customer_id"], row["kind"], row["number"]): row
        for row in rows_where(store.connection, event, "customer_id", customers)
    }
    seen: dict[tuple[bytes, str, str], int] = {}

    def take(row: KnownRow) -> None:
        found = list(_events(row, local))
        for column, wanted in found:
            key = wanted["customer_id"], wanted["kind"], wanted["number"]
            first_row = seen.setdefault(key, row.record.row)
            if first_row != row.record.row:
                place = row.records.title(column)
                findings.add(
                    row.records.sheet, row.record.row, place, NoticeKind.LINE_REPEATED, first_row=first_row
                )
            elif key in stored:
                draft.amend("event", draft.keep("event", stored[key]), wanted)
            else:
                draft.insert("event", wanted)

    return take_each(rows, findings, take)


def _events(row: KnownRow, local: Zone) -> Iterator[tuple[str, dict[str, Any]]]:
    """The events of a row with the column that says when each was. Raises RowRefusal."""
    record = row.record
    times = [(event_time(kind), kind) for kind in EVENT_TIMES if event_time(kind) in record.values]
    if "happened_at" in record.values:
        times.append(("happened_at", _kind(record.get("kind"))))
    for column, kind in times:
        wall: str = record.values[column]
        at = _moment(wall, local)
        if _has_offset(wall):
            wall = f"{iso_day(local.day(at))}T{clock_face(local.minute(at))}"
        number = record.get("number") or ":".join(filter(None, (wall, record.get("product_line"))))
        details = {name: record.values[name] for name in ("subject", "note") if name in record.values}
        yield (
            column,
            {
                "customer_id": row.customer["id"],
                "kind": kind.value,
                "number": number,
                "happened_at": at,
                "product_line": record.get("product_line"),
                "details": details,
            },
        )


def _kind(word: str | None) -> EventKind:
    if word is None:
        raise RowRefusal("kind", ErrorKind.FIELD_MISSING)
    plain = word.strip().lower()
    for end in _LEFT_OUT:
        plain = plain.removesuffix(end)
    if plain not in _KINDS:
        raise RowRefusal("kind", ErrorKind.FIELD_INVALID, value=word)
    return _KINDS[plain]


def _moment(wall: str, local: Zone) -> int:
    """The moment of "2026-11-20" (its first) or "2026-11-20T09:30" on the company's wall clock, or of that with its
    offset from UTC."""
    if _has_offset(wall):
        return round(datetime.fromisoformat(wall).timestamp() * SECOND)
    day, _, clock = wall.partition("T")
    return local.moment(day_number(day) * DAY + (clock_minute(clock) * MINUTE if clock else 0))


def _has_offset(wall: str) -> bool:
    return len(wall) > len("2026-11-20T09:30")
