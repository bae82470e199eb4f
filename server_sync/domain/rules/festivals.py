"""By which names the calendar may have a festival; on which days it falls is the calendar's."""

from collections.abc import Collection

from sqlalchemy import select

from server_sync.domain.model import calendar_day

NAMES = (
    select(calendar_day.c.name)
    .where(calendar_day.c.name.is_not(None), ~calendar_day.c.working)
    .order_by(calendar_day.c.day.desc())
)
"""The name of each day off that has one, the latest first."""


def calendar_names(festival: str) -> tuple[str, str]:
    """中秋 and 中秋节 are one: ``"中秋节"`` → ``("中秋", "中秋节")``."""
    name = festival.removesuffix("节")
    return name, f"{name}节"


def unknown(festival: str, known: Collection[str]) -> bool:
    """Whether a plan would wait for it in vain. A calendar without any name says nothing: its years are provisional."""
    return bool(known) and not set(known) & set(calendar_names(festival))
