"""A company's own articles from a sheet: which column is what, which rows are taken; `store.articles` stores them."""

from collections.abc import Sequence
from dataclasses import dataclass

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.word_lists import listed
from server_sync.intake.cells import Refusal, as_text
from server_sync.intake.findings import Findings
from server_sync.intake.headers import header_key
from server_sync.intake.sheet import Cell, Sheet
from server_sync.intake.workbook import Workbook
from server_sync.store.articles import KIND_WORDS, PURPOSE_WORDS, Article

MAX_ARTICLES = 5_000
"""Every desk holds them all, and looks through them as one types."""

_SEARCHED_ROWS = 30
_HEADERS = {
    "code": ("编码", "编号", "code"),
    "kind": ("类别", "类型", "分类", "kind"),
    "title": ("标题", "问题", "title"),
    "keywords": ("关键词", "关键字", "keywords"),
    "body": ("内容", "正文", "答案", "话术", "body"),
    "purposes": ("适用目的", "目的", "purposes"),
    "source": ("来源", "source"),
}
_NEEDED = ("code", "kind", "title", "body")
_FIELDS = {header_key(name): field for field, names in _HEADERS.items() for name in names}


@dataclass(frozen=True)
class GivenArticles:
    """The good rows of a file in its order, and what was found wrong with the others."""

    articles: list[Article]
    findings: Findings


def read_articles(workbook: Workbook) -> GivenArticles:
    """The articles of the first sheet that has their columns.

    Raises KnownError HEADER_MISSING {file} when none has, TOO_MANY_ROWS {file, sheet, limit}.
    """
    for sheet in workbook.sheets:
        found = _header(sheet)
        if found is not None:
            first, columns = found
            if len(sheet.rows) - first > MAX_ARTICLES:
                raise KnownError(
                    ErrorKind.TOO_MANY_ROWS, file=workbook.name, sheet=sheet.name, limit=MAX_ARTICLES
                )
            return _Reading(sheet, columns).read(first)
    raise KnownError(ErrorKind.HEADER_MISSING, file=workbook.name)


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The index of the first row below the header, and the columns by field."""
    for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        names = [_FIELDS.get(header_key(cell)) if isinstance(cell, str) else None for cell in row]
        columns = {name: at for at, name in reversed(list(enumerate(names))) if name is not None}
        if all(name in columns for name in _NEEDED):
            return index + 1, columns
    return None


class _Reading:
    def __init__(self, sheet: Sheet, columns: dict[str, int]) -> None:
        self._sheet = sheet
        self._columns = columns
        self._findings = Findings()
        self._rows: dict[str, int] = {}

    def read(self, first: int) -> GivenArticles:
        articles = []
        for number, row in enumerate(self._sheet.rows[first:], first + 1):
            if any(cell not in (None, "") for cell in row):
                article = self._article(number, row)
                if article is not None:
                    articles.append(article)
        return GivenArticles(articles, self._findings)

    def _article(self, row: int, cells: Sequence[Cell]) -> Article | None:
        """The article of a row, or None after its errors were noted."""
        before = len(self._findings.errors)
        values = {name: self._text(row, cells, name) for name in _HEADERS}
        for name in _NEEDED:
            if not values[name] and len(self._findings.errors) == before:
                self._wrong(row, name, ErrorKind.FIELD_MISSING)
        code, kind = values["code"], KIND_WORDS.get(values["kind"])
        if values["kind"] and kind is None:
            self._wrong(row, "kind", ErrorKind.FIELD_INVALID, value=values["kind"])
        purposes = listed(values["purposes"])
        for word in purposes:
            if word not in PURPOSE_WORDS:
                self._wrong(row, "purposes", ErrorKind.FIELD_INVALID, value=word)
        if code and self._rows.setdefault(code, row) != row:
            self._wrong(row, "code", ErrorKind.DUPLICATE_ROW, value=code, first_row=self._rows[code])
        if kind is None or len(self._findings.errors) > before:
            return None
        return Article(
            code=code,
            kind=kind.value,
            title=values["title"],
            keywords=listed(values["keywords"]),
            body=values["body"],
            purposes=[PURPOSE_WORDS[word].value for word in purposes],
            source=values["source"] or None,
        )

    def _text(self, row: int, cells: Sequence[Cell], name: str) -> str:
        at = self._columns.get(name, len(cells))
        try:
            return (as_text(cells[at]) or "") if at < len(cells) else ""
        except Refusal as refused:
            self._wrong(row, name, refused.kind, **refused.values)
            return ""

    def _wrong(self, row: int, name: str, kind: ErrorKind, **values: object) -> None:
        self._findings.add(self._sheet.name, row, _HEADERS[name][0], kind, **values)
