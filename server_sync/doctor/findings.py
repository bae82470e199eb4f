"""What the doctor can find, as kinds and values; the words for them are made where they are shown."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Trouble(StrEnum):
    """What is wrong."""

    FILE_DAMAGED = "file_damaged"
    """SQLite's own check found something, or could not read to the end."""
    ORPHANS = "orphans"
    """Rows name a row that does not exist: {table, column, count}."""
    FEED_AHEAD = "feed_ahead"
    """Entries stand behind the head of their partition, so no desk hears of them: {partition, count}."""
    FEED_WITHOUT_ROW = "feed_without_row"
    """Entries promise rows that do not exist: {table, count}."""
    ROW_WITHOUT_FEED = "row_without_feed"
    """Rows are missing in the feed of a partition that they belong to: {table, count}."""
    FEED_STALE = "feed_stale"
    """Entries stand for another version than the row has: {table, count}."""
    FEED_OF_STRANGER = "feed_of_stranger"
    """Entries offer rows to who does not hold them: {table, count}."""
    MEMBERSHIP_WRONG = "membership_wrong"
    """Dossiers lie with others than the rule says: {count}."""
    HISTORY_BROKEN = "history_broken"
    """A partition moved, but its last commit has no token: {partition}."""
    SUM_WRONG = "sum_wrong"
    """A partition's number or sum of rows is not that of its entries: {partition}."""
    AUDIT_MISSING = "audit_missing"
    """Mutations were answered that the audit does not have: {count}."""
    FILES_MISSING = "files_missing"
    """Complete attachments have no file, or one of another length: {count}."""
    FILES_WAITING = "files_waiting"
    """Files of announced attachments are whole, but nobody was told: {count}."""
    FILES_ORPHANED = "files_orphaned"
    """Files of attachments that nobody has asked for in a long time: {count}."""
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
    """What was looked at and what was found; `repaired`: what was found before a repair and is in order now."""

    database: str
    schema: str
    counts: dict[str, int]
    partitions: int
    findings: list[Finding]
    repaired: list[Finding] = field(default_factory=list)
