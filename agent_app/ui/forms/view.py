"""A form being filled in, as every face shows it: where one is, what is asked first, the page, the list beside it."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from agent_app.ports import Capture
from agent_app.ui.buttons import Button, IconButton, Kind
from agent_app.ui.capture.devices import Devices
from agent_app.ui.cards import row
from agent_app.ui.feedback import ProgressDots, ProgressLine
from agent_app.ui.fields import Picker
from agent_app.ui.forms.asking import AskingPanel
from agent_app.ui.forms.editor import Means
from agent_app.ui.forms.page import FormPage
from agent_app.ui.forms.presenter import FormPresenter
from agent_app.ui.forms.side import SIDE_KEY, FormSide
from agent_app.ui.forms.state import FormState
from agent_app.ui.forms.words import (
    instance_words,
    language_names,
    problem_words,
    progress_words,
    skipped_words,
)
from agent_app.ui.i18n import translate
from agent_app.ui.keyboard import KeyboardLoan
from agent_app.ui.labels import Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import TypeRole

MOST_DOTS = 12
LANGUAGE_KEY = "Ctrl+L"
REMOVE_KEY = "Ctrl+D"


class FormView(QWidget):
    """Tells the intents to ``presenter``, lies in ``column``'s body and has the list of all questions beside it. What
    is behind the last page is its owner's to show. ``capture`` is this computer's own unless another is given."""

    def __init__(
        self,
        presenter: FormPresenter,
        column: WorkColumn,
        zone: tzinfo,
        capture: Capture[QImage] | None = None,
    ) -> None:
        super().__init__()
        self._presenter, self._column, self._zone = presenter, column, zone
        files = presenter if presenter.takes_files else None
        self.page = FormPage(Means(presenter.understood, files, presenter, capture or Devices()))
        self.side = FormSide()
        self._state: FormState | None = None
        self._loan = KeyboardLoan()
        self._dots = ProgressDots()
        self._line = ProgressLine()
        self._line.setFixedWidth(120)
        self._where = Text("", TypeRole.SMALL, quiet=True)
        self._skipped = Text("", TypeRole.SMALL, faint=True)
        self._language = Picker(translate("Form", "Language of the form"))
        self._language.setToolTip(f"{self._language.accessibleName()} ({LANGUAGE_KEY})")
        self._language.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._language.setMaximumWidth(160)
        self._all = IconButton(translate("Form", "All questions"), "list-bullets", key=SIDE_KEY)
        self._all.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._instance = Text("", TypeRole.SMALL, quiet=True)
        self._remove = Button(translate("Form", "Remove"), Kind.QUIET, key=REMOVE_KEY, small=True)
        self._remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._instance_line = QWidget()
        self._asking = AskingPanel()
        self._lay_out()
        self._join()
        column.lay_beside(self.side)

    def _lay_out(self) -> None:
        self._where.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._skipped.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._instance_line.setLayout(row(self._instance, 1, self._remove))
        head = row(self._dots, self._line, self._where, gap=12)
        head.addWidget(self._skipped, 1)
        head.addWidget(self._language)
        head.addWidget(self._all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        self._head = QWidget()
        self._head.setLayout(head)
        for thing in (self._head, self._instance_line, self._asking, self.page):
            layout.addWidget(thing)

    def _join(self) -> None:
        self.page.answered.connect(self._on_answered)
        self.page.next_asked.connect(self.go_on)
        self.page.back_asked.connect(self.go_back)
        self.page.another_asked.connect(self._on_another)
        self.page.terms_wanted.connect(self._on_terms_wanted)
        self._asking.confirmed.connect(self._on_confirmed)
        self._asking.kept.connect(self._on_kept)
        self._remove.clicked.connect(self.remove)
        self._language.picked.connect(self._on_language)
        self._all.clicked.connect(self.toggle_side)
        self.side.question_chosen.connect(self._on_listed)
        self.side.closed.connect(self.close_side)
        self.side.terms_wanted.connect(self._on_side_terms_wanted)

    def show_state(self, state: FormState, now: int) -> None:
        """Draw it; ``now`` is for moments in words."""
        before, self._state = self._state, state
        self._draw_head(state)
        page = state.page
        if page is not None:
            heading = page.headings[-1] if page.headings else ""
            problems = problem_words({**state.problems, **state.refused}, now, self._zone)
            self.page.show_page(
                page.key, page.questions, problems, page.repeat, heading, state.language, state.sealing
            )
        self.page.setVisible(page is not None)
        asked = before is not None and before.asking is not None
        if asked and state.asking is None:
            self.page.restore()
        self._asking.show_asking(state.asking)
        # Whoever writes goes on writing; what is asked then waits for Enter.
        if state.asking is not None and not asked and not self.page.types():
            self._asking.take_keyboard()
            self._column.reveal(self._asking)
        filling = self._presenter.filling
        if filling is not None:
            self.side.show_state(state, filling.outline)
        left = None if before is None or before.page is None else before.page.key
        if page is not None and left not in (None, page.key):
            self._column.reveal(self._head)

    def _draw_head(self, state: FormState) -> None:
        steps = state.progress.of + (1 if state.more else 0)
        few = steps <= MOST_DOTS
        self._dots.setVisible(few)
        self._line.setVisible(not few)
        if few:
            self._dots.show_step(state.progress.at + (1 if state.progress.done else 0), steps)
        self._line.show_share(state.progress.at / max(state.progress.of, 1), progress_words(state))
        self._where.setText(progress_words(state))
        self._skipped.setText(skipped_words(state.skipped))
        if self._language.count() != len(state.languages) or self._language.code() not in state.languages:
            self._language.set_choices(language_names(state.languages))
        self._language.setVisible(len(state.languages) > 1)
        self._language.set_code(state.language)
        self._instance_line.setVisible(state.instance is not None)
        if state.instance is not None:
            self._instance.setText(instance_words(state.instance))
            self._remove.setVisible(state.instance.removable)

    @Slot()
    def go_on(self) -> None:
        """To the next page; to what is asked first, or to what is missing or wrong here."""
        self.page.flush()
        if self._ask_first():
            return
        self._presenter.on_next()
        if self._state is not None and self._state.page is not None and self._state.problems:
            self.start_at(next(iter(self._state.problems)))

    @Slot()
    def go_back(self) -> None:
        """To the page before."""
        self.page.flush()
        if not self._ask_first():
            self._presenter.on_back()

    def go_to(self, path: str) -> None:
        """To one question."""
        self.page.flush()
        if not self._ask_first():
            self._presenter.on_question_asked(path)
            self.start_at(path)

    def start_at(self, path: str) -> None:
        """Give the keyboard to one question of the page, where it is seen."""
        card = self.page.start_at(path)
        if card is None:
            self.page.start()
        else:
            self._column.reveal(card)

    def flush(self) -> None:
        """Give what is being typed now, before somebody leaves."""
        self.page.flush()

    def holds_focus(self) -> bool:
        """Whether the keyboard is in the form."""
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and (self.isAncestorOf(focused) or self.side.isAncestorOf(focused))

    def _ask_first(self) -> bool:
        """What is asked comes before going anywhere."""
        if self._state is None or self._state.asking is None:
            return False
        self._asking.take_keyboard()
        self._column.reveal(self._asking)
        return True

    @Slot()
    def remove(self) -> None:
        """Ask whether the instance that is shown shall go."""
        self._presenter.on_remove_asked()

    @Slot()
    def turn_language(self) -> None:
        """On to the form's next language."""
        if self._state is None or len(self._state.languages) < 2:
            return
        languages = self._state.languages
        at = languages.index(self._state.language) if self._state.language in languages else -1
        self._on_language(languages[(at + 1) % len(languages)])

    @Slot()
    def toggle_guidance(self) -> None:
        """Open the guidance of this page's questions, or close it."""
        self.page.toggle_guidance()

    @Slot()
    def toggle_side(self) -> None:
        """Open the list of all questions, or close it."""
        if self.side.isVisible():
            self.close_side()
        elif self._state is not None and self.isVisible():
            self.page.flush()
            self._column.show_beside(True)
            self._loan.take(self.side, self.side.first())
            self.side.open()

    @Slot()
    def close_side(self) -> None:
        """Fold the list away; who had the keyboard has it again."""
        if not self._loan.give_back():
            self.page.start()
        self._column.show_beside(False)

    @Slot(object)
    def _on_listed(self, path: str) -> None:
        filling = self._presenter.filling
        if filling is None or not filling.outline.is_asked(path):
            return  # its line says why it is left out
        if self._column.beside_covers():
            self._column.show_beside(False)
        self.go_to(path)

    @Slot(object, object)
    def _on_answered(self, path: str, text: str) -> None:
        self._presenter.on_answered(path, text)

    @Slot()
    def _on_another(self) -> None:
        self._presenter.on_another_asked()

    @Slot()
    def _on_confirmed(self) -> None:
        self._presenter.on_confirmed()

    @Slot()
    def _on_kept(self) -> None:
        self._presenter.on_kept()

    @Slot(object)
    def _on_language(self, language: str) -> None:
        self.page.flush()
        self._presenter.on_language_chosen(language)

    @Slot(object)
    def _on_terms_wanted(self, path: str) -> None:
        labels = self.page.choice_labels(path)
        self._presenter.find_terms(labels, lambda terms: self.page.set_terms(path, terms))

    @Slot(object)
    def _on_side_terms_wanted(self, labels: list[str]) -> None:
        self._presenter.find_terms(labels, self.side.set_terms)
