"""Pictures, sounds and films beside the words of a form: of a question, and of what it offers (XLSForm, Media)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from agent_app.ports import Lack, Player
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import clear, row
from agent_app.ui.forms import pictures
from agent_app.ui.forms.camera import Viewfinder
from agent_app.ui.forms.editor import Means
from agent_app.ui.forms.markup import plain
from agent_app.ui.forms.words import lack_words
from agent_app.ui.i18n import translate
from agent_app.ui.image_viewer import LONGEST_EDGE, ImageViewer
from agent_app.ui.labels import Text
from agent_app.ui.tokens import TypeRole
from server_sync.domain.forms.pages import QuestionState

_HIGHEST, _HIGHEST_OF_CHOICE = 160, 72
_IMAGE, _LARGE, _SOUND, _FILM = "image", "big-image", "audio", "video"


def media_strip(state: QuestionState, means: Means) -> tuple[MediaStrip, ...]:
    """The one strip of a question that has such files, none for the others: most have none, and pay nothing."""
    has = bool(state.media) or any(one.media for one in state.choices)
    return (MediaStrip(means),) if has else ()


class MediaStrip(QWidget):
    """What is not at this desk is left out. A sound or film plays while it is seen."""

    def __init__(self, means: Means, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._means = means
        self._shown: tuple[tuple[str, Mapping[str, str]], ...] = ()
        self._player: Player[QImage] | None = None
        self._film = Viewfinder()
        self._lacks = Text("", TypeRole.SMALL, faint=True, wrap=True)
        self._lacks.hide()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.addLayout(self._lines)
        layout.addWidget(self._film)
        layout.addWidget(self._lacks)

    def show_question(self, state: QuestionState) -> None:
        """Show what belongs to this question and to its choices."""
        of_choices = ((plain(one.label), one.media) for one in state.choices)
        wanted = tuple(pair for pair in (("", state.media), *of_choices) if pair[1])
        if wanted == self._shown:
            return
        self._shown = wanted
        self._be_silent()
        clear(self._lines)
        for label, media in wanted:
            self._lines.addWidget(self._line(label, media))

    def _line(self, label: str, media: Mapping[str, str]) -> QWidget:
        line = row(gap=12)
        name = media.get(_IMAGE)
        if name is not None:
            picture = QLabel()
            picture.setAccessibleName(label or translate("Form", "Picture"))
            picture.hide()
            line.addWidget(picture)
            highest = _HIGHEST_OF_CHOICE if label else _HIGHEST
            self._read(name, partial(self._on_picture, picture, highest), pictures.THUMBNAIL)
        if label:
            line.addWidget(Text(label, TypeRole.SMALL, quiet=True))
        if _LARGE in media:
            line.addWidget(self._button(translate("Form", "Enlarge"), "magnifying-glass-plus", _LARGE, media))
        if _SOUND in media:
            line.addWidget(self._button(translate("Form", "Listen"), "speaker-high", _SOUND, media))
        if _FILM in media:
            line.addWidget(self._button(translate("Form", "Watch"), "film-strip", _FILM, media))
        line.addStretch(1)
        held = QWidget()
        held.setLayout(line)
        return held

    def _button(self, words: str, icon: str, kind: str, media: Mapping[str, str]) -> Button:
        button = Button(words, Kind.QUIET, small=True, icon=icon)
        button.setProperty("media", (kind, media[kind]))
        button.clicked.connect(self._on_pressed)
        return button

    def _read(self, name: str, on_done: Callable[[pictures.Preview | None], object], longest: int) -> None:
        if self._means.words is not None:
            self._means.words.read_media(name, partial(pictures.preview, name=name, longest=longest), on_done)

    def _on_picture(self, shown_at: QLabel, highest: int, shown: pictures.Preview | None) -> None:
        picture = None if shown is None else shown.picture
        if picture is None or not isValid(shown_at):  # the page may have gone on
            return
        ratio = self.devicePixelRatioF()
        fitting = QPixmap.fromImage(picture)
        if fitting.height() > highest * ratio:
            smooth = Qt.TransformationMode.SmoothTransformation
            fitting = fitting.scaledToHeight(round(highest * ratio), smooth)
        fitting.setDevicePixelRatio(ratio)
        shown_at.setPixmap(fitting)
        shown_at.show()

    def _on_large(self, name: str, shown: pictures.Preview | None) -> None:
        if shown is not None and shown.picture is not None and isValid(self):
            ImageViewer(shown.picture, name, self.window()).open()

    @Slot()
    def _on_pressed(self) -> None:
        button = self.sender()
        if not isinstance(button, Button):
            return
        kind, name = button.property("media")
        if kind == _LARGE:
            self._read(name, partial(self._on_large, name), LONGEST_EDGE)
        elif self._player is not None:
            self._be_silent()
        else:
            self._play(kind, name)

    def _play(self, kind: str, name: str) -> None:
        player = self._means.capture.player()
        if isinstance(player, Lack):
            self._lacks.setText(lack_words(player, translate("Form", "Loudspeaker")))
            self._lacks.show()
        elif self._means.words is not None:
            self._player = player
            start = partial(self._start, player, kind)
            self._means.words.read_media(name, lambda content: content, start)

    def _start(self, player: Player[QImage], kind: str, content: bytes | None) -> None:
        if content is None or player is not self._player:
            self._be_silent()
            return
        self._film.setVisible(kind == _FILM)
        player.play(content, self._be_silent, self._film.show_picture if kind == _FILM else None)

    def _be_silent(self) -> None:
        player, self._player = self._player, None
        if player is not None:
            player.stop()
        self._film.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._be_silent()
