"""Who tasks are given to: everybody with his load, the least loaded first, and the team's pool."""

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.store.queries.team import Member
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import column, row
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.panels import Ground
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tables import ListModel
from agent_app.ui.tokens import SIZES, TypeRole, Weight
from agent_app.ui.words import presence_label

_POOL = b"pool"


class Takers(Ground):
    """Signals: ``taken(person id or None)`` by Enter, double click or the button; ``given_up()``."""

    taken = Signal(object)
    given_up = Signal()

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._tz = timezone
        self._candidates: Sequence[Member] | None = None
        self.setFixedWidth(SIZES.list_min)
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._note = Paragraph("", TypeRole.SMALL, quiet=True)
        self._model: ListModel[TwoLine] = ListModel(self._want, self._line, self)
        self._list = RowList(translate("Team", "Give to"), self._model)
        self._give = Button(translate("Team", "Give"), Kind.PRIMARY, key="↵")
        cancel = Button(translate("Team", "Cancel"), key="Esc")
        head = column(self._title, self._note, gap=4)
        head.setContentsMargins(16, 12, 16, 8)
        foot = row(1, cancel, self._give)
        foot.setContentsMargins(16, 12, 16, 12)
        body = column(head, gap=0)
        body.addWidget(self._list, 1)
        body.addLayout(foot)
        self.setLayout(body)
        self._list.row_opened.connect(self._on_opened)
        self._list.row_chosen.connect(self._on_row)
        self._give.clicked.connect(self._on_give)
        cancel.clicked.connect(self.given_up)

    def draw(self, candidates: Sequence[Member] | None, title: str, note: str, now: int) -> None:
        """Show who may get the tasks; None: nothing is being given."""
        begins = candidates is not None and candidates is not self._candidates
        self._candidates = candidates
        self.setVisible(candidates is not None)
        if candidates is None or not begins:
            return
        self._title.setText(title)
        self._note.set_words(note)
        self._note.setVisible(bool(note))
        several = len({member.team_id for member in candidates}) > 1
        rows = {
            member.person_id: candidate_line(member, now, self._tz, with_team=several)
            for member in candidates
        }
        rows[_POOL] = pool_line()
        self._model.set_ids(list(rows))
        self._model.put_rows(rows)
        self._list.choose(next(iter(rows)))
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, line: TwoLine) -> TwoLine:
        return line

    def _want(self, ids: Sequence[bytes]) -> None:
        """Every row is given at once."""

    @Slot(object)
    def _on_row(self, row_id: bytes | None) -> None:
        self._give.setEnabled(row_id is not None)

    @Slot(object)
    def _on_opened(self, row_id: bytes) -> None:
        self.taken.emit(None if row_id == _POOL else row_id)

    @Slot()
    def _on_give(self) -> None:
        chosen = self._list.chosen()
        if chosen is not None:
            self._on_opened(chosen)


def candidate_line(member: Member, now: int, tz: tzinfo, *, with_team: bool) -> TwoLine:
    """A person who can be given tasks, with his load."""
    figures = member.figures
    waiting = translate("Team", "{waiting} waiting · {overdue} overdue").format(
        waiting=formats.number(figures.waiting), overdue=formats.number(figures.overdue)
    )
    mark, told = presence_mark(member, now, tz)
    return TwoLine(
        member.name,
        marks=(mark,),
        second=waiting,
        second_note=(member.team or "") if with_team else "",
        tooltip=told,
    )


def pool_line() -> TwoLine:
    """The pool as a taker of tasks."""
    second = translate("Team", "Whoever of the team is free takes them")
    return TwoLine(translate("Team", "Team pool"), second=second)


def presence_mark(member: Member, now: int, tz: tzinfo) -> tuple[Mark, str]:
    """Presence as last heard, and since when in words."""
    if member.state is None:
        return Mark(translate("Team", "Not heard of")), ""
    words, tone = presence_label(member.state, member.pause_reason)
    since = formats.moment(member.since_at, now, tz)
    return Mark(words, tone), translate("Team", "Since {moment}").format(moment=since)
