"""How the team's load would be evened out: from whom to whom how many, before anything is done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.features.team.state import Balance
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import column, row
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.panels import Ground
from agent_app.ui.row_views import RowList
from agent_app.ui.rows import TwoLine
from agent_app.ui.tables import ListModel
from agent_app.ui.tokens import SIZES, TypeRole, Weight


class BalancePanel(Ground):
    """Signals: ``agreed()``, ``given_up()``."""

    agreed = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._balance: Balance | None = None
        self.setFixedWidth(SIZES.list_min)
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        note = Paragraph(
            translate(
                "Team",
                "What is begun, promised or pulled stays, and so do customers with their own agent. "
                "Nobody gets what he has not the skills for.",
            ),
            TypeRole.SMALL,
            quiet=True,
        )
        self._model: ListModel[TwoLine] = ListModel(self._want, self._line, self)
        self._list = RowList(translate("Team", "Evening out"), self._model)
        self._agree = Button(translate("Team", "Even out"), Kind.PRIMARY)
        cancel = Button(translate("Team", "Cancel"), key="Esc")
        head = column(self._title, note, gap=4)
        head.setContentsMargins(16, 12, 16, 8)
        foot = row(1, cancel, self._agree)
        foot.setContentsMargins(16, 12, 16, 12)
        body = column(head, gap=0)
        body.addWidget(self._list, 1)
        body.addLayout(foot)
        self.setLayout(body)
        self._agree.clicked.connect(self.agreed)
        cancel.clicked.connect(self.given_up)

    def draw(self, balance: Balance | None) -> None:
        """Show what would be done; None: nothing was asked for."""
        begins = balance is not None and balance is not self._balance
        self._balance = balance
        self.setVisible(balance is not None)
        if balance is None or not begins:
            return
        self._title.setText(
            translate("Team", "Even out by moving %n task(s)", len(balance.moves))
            if balance.moves
            else translate("Team", "The load is even")
        )
        rows = {
            place.to_bytes(16): TwoLine(
                translate("Team", "{giver} → {taker}").format(giver=giver, taker=taker),
                second=translate("Team", "%n task(s)", count),
            )
            for place, (giver, taker, count) in enumerate(balance.counts)
        }
        self._model.set_ids(list(rows))
        self._model.put_rows(rows)
        self._agree.setEnabled(bool(balance.moves))
        self._agree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, line: TwoLine) -> TwoLine:
        return line

    @Slot(object)
    def _want(self, ids: Sequence[bytes]) -> None:
        """Every row is given at once."""
