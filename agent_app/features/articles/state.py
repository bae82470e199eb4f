"""What the articles' room shows: the list, the article that is open and how it is being written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from agent_app.store.queries.articles import KeptArticle, Written
from server_sync.domain.errors import ErrorKind


class Which(StrEnum):
    """Which articles are listed."""

    USED = "used"
    RETIRED = "retired"
    ALL = "all"


@dataclass(frozen=True)
class ArticlesState:
    """`found` are listed, `open_id` is written on; of that one `stands` is what is kept (None: nothing yet) and
    `written` what stands in the fields. `unsaved` are those with something written that nobody saved; `missing` and
    `lost` are fields of the open one: without which it cannot be saved, and into which somebody else wrote too."""

    loaded: bool = False
    text: str = ""
    which: Which = Which.USED
    articles: Mapping[bytes, KeptArticle] = field(default_factory=dict)
    found: tuple[bytes, ...] = ()
    open_id: bytes | None = None
    stands: KeptArticle | None = None
    written: Written | None = None
    unsaved: frozenset[bytes] = frozenset()
    missing: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    saved: bool = False
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0
