"""Places and barcodes: typed or pasted as ever, and taken from what this computer finds or sees."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent
from PySide6.QtWidgets import QWidget

from agent_app.ports import Fix, Lack, Positions
from agent_app.ui.buttons import Button
from agent_app.ui.cards import row
from agent_app.ui.forms.camera import Viewfinder
from agent_app.ui.forms.editor import Means
from agent_app.ui.forms.typed import TypedEditor
from agent_app.ui.forms.typing import several_points
from agent_app.ui.forms.words import lack_words
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.tokens import Tone, TypeRole
from server_sync.domain.forms.pages import QuestionState

GOOD_ENOUGH, TOO_FAR_OFF = "5", "100"
"""Metres, as ODK Collect has them unless a form says otherwise: taken at once; warned of."""
LOCATE_KEY, SCAN_KEY = "Alt+L", "Alt+B"


class AidedEditor(TypedEditor):
    """A field with a button that fills it in, and what is said of that."""

    def __init__(
        self, state: QuestionState, means: Means, button: Button, key: Qt.Key, parent: QWidget | None = None
    ) -> None:
        self._key = key
        super().__init__(state, means.understand, parent)
        self.means, self.button = means, button
        self.told = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        self.told.hide()
        self.parts.addLayout(row(button, 1))
        self.parts.addWidget(self.told)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self._on_button)

    def help_out(self) -> None:
        """The button was pressed, or its key."""

    def tell(self, words: str, tone: Tone | None = None) -> None:
        """Say this beneath the field, or nothing."""
        self.told.setText(words)
        self.told.set_tone(tone)
        self.told.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            held = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if held and event.key() == self._key:
                self.help_out()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _on_button(self) -> None:
        self.help_out()


class PlaceEditor(AidedEditor):
    """A point, or the points of a line or a shape: by hand, or where the device is (Alt+L, again to take what was found
    so far). A point that is exact enough is taken by itself; one that is far off comes with a warning."""

    def __init__(self, state: QuestionState, means: Means, parent: QWidget | None = None) -> None:
        self._positions: Positions | None = None
        self._best: Fix | None = None
        button = Button("", key="Alt L", small=True, icon="map-pin")
        super().__init__(state, means, button, Qt.Key.Key_L, parent)
        self._name_button()
        self._warn(state)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        super().show_answer(state, wrong=wrong)
        if self._positions is None:
            self._warn(state)

    def help_out(self) -> None:
        if self._positions is not None:
            self._take(self._best)
            return
        positions = self.means.capture.positions()
        if isinstance(positions, Lack):
            self.tell(lack_words(positions, translate("Form", "Position")))
            return
        self._positions, self._best = positions, None
        self.tell(translate("Form", "Looking for the position …"))
        self._name_button()
        positions.start(self._on_fix)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._stop()

    def _on_fix(self, fix: Fix) -> None:
        best = self._best
        if best is None or (fix.accuracy is not None and fix.accuracy <= (best.accuracy or fix.accuracy)):
            self._best = fix
        accuracy = None if self._best is None else self._best.accuracy
        if accuracy is not None and accuracy <= self._metres("accuracyThreshold", GOOD_ENOUGH):
            self._take(self._best)
        elif accuracy is not None:
            words = translate("Form", "Found to within {metres} m; it may become better.")
            self.tell(words.format(metres=round(accuracy)))
        else:
            self.tell(translate("Form", "Found; how exactly is not known."))

    def _take(self, fix: Fix | None) -> None:
        self._stop()
        if fix is None:
            return
        point = f"{fix.latitude:.7f}, {fix.longitude:.7f} {fix.altitude or 0:.1f} {fix.accuracy or 0:.1f}"
        former = self.text().rstrip()
        self.type_in(f"{former}\n{point}" if several_points(self.state) and former else point)
        self.flush()

    def _stop(self) -> None:
        positions, self._positions = self._positions, None
        if positions is not None:
            positions.stop()
            self.tell("")
            self._name_button()

    def _name_button(self) -> None:
        if self._positions is not None:
            words = translate("Form", "Take what was found")
        elif several_points(self.state):
            words = translate("Form", "Add the point where I am")
        else:
            words = translate("Form", "Where I am")
        self.button.set_words(words)

    def _warn(self, state: QuestionState) -> None:
        """A stored point that is far off is no mistake, and yet told."""
        figures = state.value.partition(";")[0].split()
        accuracy = float(figures[3]) if len(figures) > 3 else 0.0
        if accuracy > self._metres("unacceptableAccuracyThreshold", TOO_FAR_OFF):
            words = translate(
                "Form", "Only to within {metres} m. Outdoors it becomes better; it is kept as it is."
            )
            self.tell(words.format(metres=round(accuracy)), Tone.WARNING)
        else:
            self.tell("")

    def _metres(self, parameter: str, default: str) -> float:
        given = self.state.parameters.get(parameter, default)
        return float(given if given.replace(".", "", 1).isdecimal() else default)


class BarcodeEditor(AidedEditor):
    """Typed, by a scanner that types as a keyboard does, or seen by the camera (Alt+B)."""

    def __init__(self, state: QuestionState, means: Means, parent: QWidget | None = None) -> None:
        button = Button(translate("Form", "Scan with the camera"), key="Alt B", small=True, icon="barcode")
        super().__init__(state, means, button, Qt.Key.Key_B, parent)
        self._reading = False
        self._finder = Viewfinder()
        self.parts.addWidget(self._finder)
        self._finder.saw.connect(self._on_seen)
        button.setVisible(means.files is not None)

    def help_out(self) -> None:
        if self._finder.is_open():
            self._finder.close_camera()
            return
        camera, reader = self.means.capture.camera(), self.means.capture.barcodes()
        if isinstance(camera, Lack):
            self.tell(lack_words(camera, translate("Form", "Camera")))
        elif isinstance(reader, Lack):
            self.tell(lack_words(reader, translate("Form", "Reading barcodes")))
        else:
            self._finder.open(camera)

    @Slot(object)
    def _on_seen(self, picture: QImage) -> None:
        reader, files = self.means.capture.barcodes(), self.means.files
        if self._reading or isinstance(reader, Lack) or files is None:
            return
        self._reading = True
        files.do_beside(partial(reader, picture), self._on_read)

    def _on_read(self, text: str) -> None:
        self._reading = False
        if text and self._finder.is_open():
            self._finder.close_camera()
            self.type_in(text)
            self.flush()
