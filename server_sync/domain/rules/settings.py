"""The company's settings: their keys, defaults and well-known row ids; what they mean stands with the rule
that uses them."""

import hashlib
from collections.abc import Mapping
from typing import Any

from server_sync.domain.ids import ID_BYTES

# Configurable defaults of the compliance and call-scheduling conventions; none is a constant of a rule.
DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    # `language`: of messages that the server sends.
    "company": {"name": "", "timezone": "Asia/Shanghai", "language": "zh_CN"},
    "calling_window": {"from": "08:00", "to": "21:00"},
    "working_week": {
        "mon": [["09:00", "12:00"], ["13:30", "18:00"]],
        "tue": [["09:00", "12:00"], ["13:30", "18:00"]],
        "wed": [["09:00", "12:00"], ["13:30", "18:00"]],
        "thu": [["09:00", "12:00"], ["13:30", "18:00"]],
        "fri": [["09:00", "12:00"], ["13:30", "18:00"]],
        "sat": [],
        "sun": [],
    },
    "retries": {"attempts": 6, "attempts_per_day": 2},
    "callbacks": {"early_minutes": 5, "late_minutes": 15, "absent_minutes": 10, "remind_minutes": 5},
    # When a reminder's SMS, mail or robot waits for the morning; the same twice: never.
    "quiet_hours": {"from": "21:00", "to": "08:00"},
    "queue": {"due_soon_minutes": 240, "in_call_minutes": 60},
    # Who opens the next task and who dials it; a plan may say otherwise.
    "dialling": {"mode": "preview", "seconds": 10},
    "do_not_call": {"stale_hours": 24},
    "contact_frequency": {"per_day": 2, "per_week": 3, "minutes_between": 30},
    # How often a customer is reached, over all numbers, channels and plans (M1.21).
    "contact_fatigue": {
        "per_day": {"vip": 2, "normal": 2, "potential": 2, "dormant": 1},
        "per_week": {"vip": 5, "normal": 3, "potential": 3, "dormant": 1},
        "hours_between": {"service": 0.5, "survey": 24, "marketing": 72},
    },
    # `never_asked`: "refused" where only a given consent will do (docs/decisions).
    "consent": {"purposes": ["marketing"], "never_asked": "allowed"},
    "tiers": {"vip_year_cents": 10_000_000, "dormant_days": 180},
    # How many days after the last sign of a customer a stage begins (M1.19); from `churn_risk` on he is churning.
    "stages": {
        "new_days": 30,
        "silent_days": 90,
        "churning_days": 180,
        "lost_days": 365,
        "churn_risk": 60,
    },
    # The digits change at the fifths of all buyers ("quintiles"), or where the lists say ("thresholds").
    "rfm": {
        "by": "quintiles",
        "recency_days": [30, 90, 180, 365],
        "orders": [1, 2, 5, 10],
        "spent_cents": [100_000, 500_000, 2_000_000, 10_000_000],
    },
    # What he did in the last days against the days before those (M2.8).
    "activity": {
        "days": 30,
        "before_days": 90,
        "weights": {"orders": 3, "contacts": 1, "visits": 1, "enquiries": 2},
        "drop_percent": 30,
        "reply_hours": 48,
    },
    # What speaks for his leaving, of 100 (M2.9): complaints and scores of so many days.
    "churn": {
        "days": 90,
        "low_nps": 6,
        "low_csat": 2,
        "weights": {"activity_falls": 40, "complaints_rise": 25, "low_score": 25, "late_reply": 10},
    },
    "lifetime": {"years": 3},
    "portrait": {"preferences": 3, "least_lines": 3, "medium_percent": 30, "high_percent": 60},
    # Every so often the customers that changed are looked at again; all of them every night at this local hour.
    "segments": {"minutes": 10, "at_hour": 2},
    # Answers that took less time each, by their median, were not thought over (forms.quality).
    "answer_quality": {"fastest_seconds": 1.5},
    "daily_target": {"contacts": 80},
    # For how many days a desk may work without its server (SYNC E4): no longer than tombstones stay (SYNC E3).
    "lease": {"days": 7},
    # Tasks pulled out of the pool are their agent's for so long, at most to the end of his shift; `renew_minutes`
    # before that the server looks who is at work on them, `grace_minutes` after it the others go back.
    "pool": {"lease_minutes": 480, "most": 20, "renew_minutes": 30, "grace_minutes": 10},
    # Work due within `immediate_minutes` goes to those who are there; after `absent_hours` without a word somebody is
    # taken to be away, and his work goes to others.
    "assignment": {"immediate_minutes": 240, "absent_hours": 48},
    "attachments": {
        "photo_megabytes": 20,
        "recording_megabytes": 100,
        "video_megabytes": 100,
        "signature_megabytes": 2,
        "document_megabytes": 20,
        "per_customer": 200,
    },
}


def setting_id(key: str) -> bytes:
    """The id of a setting's one row, the same everywhere, so that a command can name the row it reads."""
    return hashlib.blake2b(f"setting:{key}".encode(), digest_size=ID_BYTES).digest()


def setting_value(key: str, row: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """A setting's value: the row's own over the defaults, field by field."""
    return {**DEFAULTS[key], **(row["value"] if row is not None else {})}
