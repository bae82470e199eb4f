"""What the doctor can find, as kinds and values; the words for them are made where they are shown."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Trouble(StrEnum):
    """What is wrong."""

    FILE_DAMAGED = "file_damaged"
    """SQLite's own check found something: {details}."""
    ORPHANS = "orphans"
    """Rows name a row that does not exist: {table, column, count}."""
    FEED_AHEAD = "feed_ahead"
    """Entries stand behind the head of their partition, so no desk hears of them: {partition, count}."""
    FEED_WITHOUT_ROW = "feed_without_row"
    """Entries promise rows that do not exist: {table, count}."""
    ROW_WITHOUT_FEED = "row_without_feed"
    """Rows are missing in the feed of a partition that they belong to: {table, count}."""
    FEED_OF_STRANGER = "feed_of_stranger"
    """Entries offer dossiers to who does not hold them: {table, count}."""
    JOBS_FAILED = "jobs_failed"
    """Jobs were given up: {kind, count, error}."""
    JOBS_OVERDUE = "jobs_overdue"
    """Jobs wait for longer than they should, so no server works at them: {count, minutes}."""
    NO_ADMINISTRATOR = "no_administrator"
    """Nobody can add people any more except by the command line."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong."""

    trouble: Trouble
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """What was looked at and what was found."""

    database: str
    schema: str
    counts: dict[str, int]
    partitions: int
    findings: list[Finding]
