"""Numbers, money, spans and moments as people say them, and their exact values for tooltips; needs no Qt.

Moments and spans are milliseconds; a calendar day is "YYYY-MM-DD". ``now`` and the time zone always come from
the caller. What has no value is shown as an em dash.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from agent_app.ui.i18n import translate
from server_sync.domain.clock import DAY, HOUR, MINUTE, SECOND

NONE = "—"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "HKD": "HK$", "TWD": "NT$"}


def number(value: int | float | Decimal | None, digits: int = 0) -> str:
    """``1299`` → ``1,299``; a half is rounded up, as in Chinese schools and invoices."""
    if value is None:
        return NONE
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return f"{exact:,f}".replace("-", "−")


def money(amount: str | Decimal | None, currency: str = "CNY", digits: int = 2) -> str:
    """An exact decimal in words: ``"1299"`` → ``¥1,299.00``; rounded here, and only here."""
    if amount is None:
        return NONE
    shown = number(Decimal(amount), digits)
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    return f"−{symbol}{shown[1:]}" if shown.startswith("−") else f"{symbol}{shown}"


def cents(amount: int | None, currency: str = "CNY", digits: int = 2) -> str:
    """An amount in cents, such as a customer's sum: ``5832000`` → ``¥58,320.00``."""
    return NONE if amount is None else money(Decimal(amount) / 100, currency, digits)


def percent(share: float | None, digits: int = 0) -> str:
    """``0.614`` → ``61%``; None (a denominator of 0) → an em dash."""
    return NONE if share is None else f"{number(Decimal(str(share)) * 100, digits)}%"


def file_size(size: int) -> str:
    """Bytes as people say them: ``1536`` → ``2 KB``, ``5400000`` → ``5.1 MB``."""
    if size < 1 << 20:
        return f"{number(max(Decimal(1), Decimal(size) / (1 << 10)))} KB"
    return f"{number(Decimal(size) / (1 << 20), 1)} MB"


def file_progress(done: int, size: int) -> str:
    """How much of so many bytes, in one unit: ``1.0 / 5.1 MB``."""
    unit, name, digits = (1 << 10, "KB", 0) if size < 1 << 20 else (1 << 20, "MB", 1)
    shown = [number(Decimal(one) / unit, digits) for one in (done, size)]
    return f"{shown[0]} / {shown[1]} {name}"


def stopwatch(span: int) -> str:
    """A running time: ``02:41``, ``1:02:41``."""
    seconds = max(0, span) // SECOND
    hours, rest = divmod(seconds, 3_600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def span(length: int) -> str:
    """A length of time in its two largest units: ``1 小时 20 分``, ``3 天``, ``不到 1 分``."""
    length = abs(length)
    if length < MINUTE:
        return translate("Formats", "less than a minute")
    if length < HOUR:
        return translate("Formats", "%n min", length // MINUTE)
    if length < DAY:
        hours, minutes = length // HOUR, length % HOUR // MINUTE
        if not minutes:
            return translate("Formats", "%n h", hours)
        return translate("Formats", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
    days, hours = length // DAY, length % DAY // HOUR
    if not hours or days >= 3:
        return translate("Formats", "%n day(s)", days)
    return translate("Formats", "{days} d {hours} h").format(days=days, hours=hours)


def due(due_at: int | None, now: int) -> str:
    """What is left until a moment, or how long ago it passed: ``剩 1 小时 20 分``, ``逾期 2 小时``."""
    if due_at is None:
        return NONE
    if due_at >= now:
        return translate("Formats", "{span} left").format(span=span(due_at - now))
    return translate("Formats", "{span} overdue").format(span=_rough(now - due_at))


def ago(at: int | None, now: int) -> str:
    """How long ago: ``刚刚``, ``5 分钟前``, ``3 天前``; after 30 days its caller shows a date (``moment``)."""
    if at is None:
        return NONE
    past = now - at
    if past < MINUTE:
        return translate("Formats", "just now")
    return translate("Formats", "{span} ago").format(span=_rough(past))


def _rough(length: int) -> str:
    """A length in its largest unit alone."""
    for unit in (DAY, HOUR, MINUTE):
        if length >= unit:
            return span(length // unit * unit)
    return span(length)


def clock_time(at: int | None, tz: tzinfo) -> str:
    """``10:30``."""
    return NONE if at is None else f"{_local(at, tz):%H:%M}"


def clock_seconds(at: int | None, tz: tzinfo) -> str:
    """``10:26:08``."""
    return NONE if at is None else f"{_local(at, tz):%H:%M:%S}"


def saved_here(at: int | None, tz: tzinfo) -> str:
    """That what was written is on this machine's disk since then; "" when nothing is yet."""
    words = translate("Formats", "Saved on this machine · {time}")
    return "" if at is None else words.format(time=clock_seconds(at, tz))


def day(on: str | date | None, today: date) -> str:
    """A day as people say it: ``昨天``, ``今天``, ``明天``, ``后天``, else ``11-19``, with the year if it is
    another one.
    """
    if on is None:
        return NONE
    that = date.fromisoformat(on) if isinstance(on, str) else on
    named = {
        -1: translate("Formats", "yesterday"),
        0: translate("Formats", "today"),
        1: translate("Formats", "tomorrow"),
        2: translate("Formats", "the day after tomorrow"),
    }.get((that - today).days)
    if named is not None:
        return named
    return f"{that:%m-%d}" if that.year == today.year else that.isoformat()


def moment(at: int | None, now: int, tz: tzinfo) -> str:
    """``今天 10:30``, ``11-19 14:05``."""
    if at is None:
        return NONE
    that = _local(at, tz)
    return f"{day(that.date(), today(now, tz))} {that:%H:%M}"


def brief(at: int | None, now: int, tz: tzinfo) -> str:
    """For a list's corner: the time if it is today, else the day."""
    if at is None:
        return NONE
    on = _local(at, tz).date()
    return clock_time(at, tz) if on == today(now, tz) else day(on, today(now, tz))


def exact(at: int | None, tz: tzinfo) -> str:
    """The whole moment, for tooltips: ``2026-11-22 10:26:08 UTC+08:00``."""
    if at is None:
        return NONE
    that = _local(at, tz)
    offset = f"{that:%z}"
    return f"{that:%Y-%m-%d %H:%M:%S} UTC{offset[:3]}:{offset[3:5]}"


def today(now: int, tz: tzinfo) -> date:
    """The calendar day of ``now``."""
    return _local(now, tz).date()


def _local(at: int, tz: tzinfo) -> datetime:
    return (_EPOCH + timedelta(milliseconds=at)).astimezone(tz)
