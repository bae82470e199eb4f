"""The work column: the fields of one article, who changed it last, what somebody else wrote meanwhile."""

from dataclasses import replace
from datetime import tzinfo

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.features.articles.state import ArticlesState
from agent_app.store.queries.articles import KeptArticle, Written
from agent_app.ui import formats
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.choices import ChoiceRow
from agent_app.ui.error_words import error_text
from agent_app.ui.feedback import Banner, EmptyState
from agent_app.ui.fields import Field, TextArea, TextField
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Badge, Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import Tone, TypeRole, Weight
from agent_app.ui.words import article_kind_label, field_label, purpose_label
from server_sync.domain.commands.articles import LONGEST_TITLE
from server_sync.domain.commands.facts import LONGEST_TEXT
from server_sync.domain.model import ArticleKind, Purpose
from server_sync.domain.rules.word_lists import listed


class ArticleColumn(WorkColumn):
    """Signals: ``written(Written)`` with each change, ``save_asked()``, ``retired(bool)``, ``let_be_asked()``,
    ``insisted()`` where somebody else wrote too, ``notice_seen()``."""

    written = Signal(object)
    save_asked = Signal()
    retired = Signal(bool)
    let_be_asked = Signal()
    insisted = Signal()
    notice_seen = Signal()

    def __init__(self, timezone: tzinfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tz = timezone
        self._shown: Written | None = None
        self._open_id: bytes | None = None
        self._title = Text("", TypeRole.TITLE, weight=Weight.MEDIUM)
        self._state = Badge(translate("Articles", "Retired"))
        self._banner = Banner()
        self._lost = Banner()
        kinds = [(kind.value, article_kind_label(kind)[0]) for kind in ArticleKind]
        purposes = [(purpose.value, purpose_label(purpose)) for purpose in Purpose]
        self._kind = ChoiceRow(translate("Articles", "Kind"), kinds, caps=())
        self._name = TextField(translate("Articles", "Title"))
        self._name.setMaxLength(LONGEST_TITLE)
        self._keywords = TextField(translate("Articles", "Keywords"))
        self._purposes = ChoiceRow(translate("Articles", "For which calls"), purposes, several=True, caps=())
        self._text = TextArea(translate("Articles", "What to say"), lines=10, most=24)
        hint = translate("Articles", "Commas between them; the article is found by them, and by their pinyin")
        everywhere = translate("Articles", "None chosen: for all calls")
        self._fields = {
            "kind": Field(translate("Articles", "Kind"), self._kind),
            "title": Field(translate("Articles", "Title"), self._name, required=True),
            "keywords": Field(translate("Articles", "Keywords"), self._keywords, hint=hint),
            "purposes": Field(translate("Articles", "For which calls"), self._purposes, hint=everywhere),
            "body": Field(translate("Articles", "What to say"), self._text, required=True),
        }
        self._changed = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        self._empty = EmptyState(
            translate("Articles", "No article is open"),
            translate("Articles", "Choose one from the list, or write a new one."),
            icon="book-open",
        )
        self._retire = Button(translate("Articles", "Retire"))
        self._let_be = Button(translate("Articles", "Let it be"), Kind.QUIET)
        self._saved = Text("", TypeRole.SMALL, quiet=True)
        self._save = Button(translate("Articles", "Save"), Kind.PRIMARY, key="Alt S")
        self._lay_out()
        self._join()

    def _lay_out(self) -> None:
        self.setAccessibleName(translate("Articles", "Article"))
        self.header.line.addWidget(self._title, 1)
        self.header.line.addWidget(self._state)
        for thing in (self._banner, self._lost, *self._fields.values(), self._changed):
            self.body.addWidget(thing)
        self.body.addWidget(self._empty, 1)
        self.body.addStretch(0)
        foot = self.footer.line
        foot.addWidget(self._retire)
        foot.addWidget(self._let_be)
        foot.addStretch(1)
        foot.addWidget(self._saved)
        foot.addWidget(self._save)

    def _join(self) -> None:
        self._kind.answered.connect(self._on_written)
        self._name.textEdited.connect(self._on_written)
        self._keywords.textEdited.connect(self._on_written)
        self._purposes.answered.connect(self._on_written)
        self._text.edited.connect(self._on_written)
        self._retire.clicked.connect(self._on_retire)
        self._let_be.clicked.connect(self.let_be_asked)
        self._save.clicked.connect(self.save_asked)
        self._lost.acted.connect(self.insisted)
        self._banner.dismissed.connect(self.notice_seen)

    def start(self) -> None:
        """Give the keyboard to the title."""
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def draw(self, state: ArticlesState) -> None:
        """Show the article that is open."""
        written, stands = state.written, state.stands
        for thing in (*self._fields.values(), self._changed):
            thing.setVisible(written is not None)
        self._empty.setVisible(written is None)
        self.set_footer_shown(written is not None)
        self._state.setVisible(written is not None and not written.active)
        self._say(state)
        if written is None:
            self._title.setText(translate("Articles", "Knowledge base"))
            self._shown = None
            return
        new = translate("Articles", "New article")
        self._title.setText(new if stands is None else stands.written.title)
        self._fill(state.open_id, written)
        self._changed.setText("" if stands is None else _origin(stands, state.now, self._tz))
        for name, field in self._fields.items():
            field.set_error(translate("Articles", "Needed") if name in state.missing else "")
        unsaved = state.open_id in state.unsaved
        self._retire.setVisible(stands is not None)
        retire, bring_back = translate("Articles", "Retire"), translate("Articles", "Bring back")
        self._retire.set_words(retire if written.active else bring_back)
        self._let_be.setVisible(unsaved)
        self._save.setEnabled(unsaved)
        self._saved.setText(translate("Articles", "Saved") if state.saved and not unsaved else "")

    def _fill(self, open_id: bytes | None, written: Written) -> None:
        """Put an article into the fields, unless it is what was typed there."""
        if written == self._shown and open_id == self._open_id:
            return
        self._shown, self._open_id = written, open_id
        self._kind.set_answer([written.kind])
        self._name.setText(written.title)
        self._keywords.setText("，".join(written.keywords))
        self._purposes.set_answer(written.purposes)
        self._text.set_text(written.body)

    def _say(self, state: ArticlesState) -> None:
        words = error_text(state.error, state.error_values, state.now, self._tz) if state.error else ""
        self._banner.say(words, Tone.DANGER)
        if state.lost and state.stands is not None:
            said = translate(
                "Articles", "{person} has changed this too meanwhile: {fields}. It stands now: {text}"
            ).format(
                person=state.stands.changed_by or translate("Articles", "Somebody"),
                fields=translate("Articles", ", ").join(self._named(name) for name in state.lost),
                text=_shortened(state.stands.written, state.lost[0]),
            )
            keep = translate("Articles", "Save mine all the same")
            self._lost.say(said, Tone.WARNING, action=keep, closable=False)
        else:
            self._lost.say("")

    def _named(self, name: str) -> str:
        field = self._fields.get(name)
        return field.editor.accessibleName() if field is not None else field_label(name)

    @Slot()
    @Slot(str)
    @Slot(object)
    def _on_written(self, _: object = None) -> None:
        if self._shown is None:
            return
        self._shown = replace(
            self._shown,
            kind=self._kind.answer()[0] if self._kind.answer() else self._shown.kind,
            title=self._name.text(),
            keywords=tuple(listed(self._keywords.text())),
            body=self._text.text()[:LONGEST_TEXT],
            purposes=self._purposes.answer(),
        )
        self.written.emit(self._shown)

    @Slot()
    def _on_retire(self) -> None:
        if self._shown is not None:
            self.retired.emit(self._shown.active)


def _origin(kept: KeptArticle, now: int, tz: tzinfo) -> str:
    """Who changed it last, and when."""
    at = formats.moment(kept.changed_at, now, tz)
    who = kept.changed_by or translate("Articles", "came with the program or from a file")
    return translate("Articles", "Last changed {at} · {who}").format(at=at, who=who)


def _shortened(written: Written, name: str) -> str:
    """What stands in a field, as far as a notice has room."""
    value = vars(written)[name]
    if name == "active":
        return translate("Articles", "In use") if value else translate("Articles", "Retired")
    if name == "kind":
        return article_kind_label(value)[0]
    if name == "purposes":
        value = [purpose_label(one) for one in value]
    words = " ".join(value.split()) if isinstance(value, str) else "、".join(value)
    return words if len(words) <= 120 else f"{words[:120]}…"
