"""Editors of files that are made here: photos by the camera, sounds by the microphone, drawings by hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from agent_app.ports import Lack, Player
from agent_app.ui.buttons import Button, Kind
from agent_app.ui.forms import pictures
from agent_app.ui.forms.camera import Viewfinder
from agent_app.ui.forms.canvas import Canvas
from agent_app.ui.forms.editor import Means, TakesFiles, name_of
from agent_app.ui.forms.files import FileEditor
from agent_app.ui.forms.recorder import CutOff, Recorder
from agent_app.ui.i18n import translate
from server_sync.domain.forms.pages import QuestionState


class PhotoEditor(FileEditor):
    """A picture, by the camera too: C opens it, C again takes what it sees."""

    def __init__(
        self, state: QuestionState, means: Means, files: TakesFiles, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, means, files, parent)
        self._camera = Button(translate("Form", "Camera"), key="C", small=True, icon="camera")
        self._finder = Viewfinder()
        self.extras.addWidget(self._finder)
        self.offer(self._camera)
        self._camera.clicked.connect(self._on_camera)
        self.finish()

    @Slot()
    def _on_camera(self) -> None:
        if self._finder.is_open():
            taken = self._finder.picture
            if taken is not None:
                self._finder.close_camera()
                self._camera.set_words(translate("Form", "Camera"))
                self.give_picture(taken)
            return
        camera = self.means.capture.camera()
        if isinstance(camera, Lack):
            self.say_lack(camera, translate("Form", "Camera"))
        else:
            self._finder.open(camera)
            self._camera.set_words(translate("Form", "Take the picture"))


class SoundEditor(FileEditor):
    """A sound, by the microphone too: R records and ends, P plays. What was recorded when the program was cut off is
    offered back: K keeps it, X throws it away."""

    def __init__(
        self, state: QuestionState, means: Means, files: TakesFiles, parent: QWidget | None = None
    ) -> None:
        super().__init__(state, means, files, parent)
        self._speaker: Player[QImage] | None = None
        self._record = Button("", key="R", small=True, icon="record")
        self._play = Button("", Kind.SECONDARY, key="P", small=True, icon="play")
        self._recorder = Recorder()
        self._cut_off = CutOff()
        self.extras.addWidget(self._recorder)
        self.extras.addWidget(self._cut_off)
        self.offer(self._play)
        self.offer(self._record)
        self._record.clicked.connect(self._on_record)
        self._play.clicked.connect(self._on_play)
        self._recorder.recorded.connect(self._on_recorded)
        self._recorder.heard.connect(self._on_heard)
        self._cut_off.kept.connect(self._on_recorded)
        self._cut_off.dropped.connect(self._on_dropped)
        self.finish()
        self._name_buttons()
        files.find_recording(state.path, self._on_cut_off)

    def show_answer(self, state: QuestionState, *, wrong: bool) -> None:
        if state.value != self.question.value:
            self._be_silent()
        super().show_answer(state, wrong=wrong)
        self._name_buttons()

    def flush(self) -> None:
        self._recorder.stop()

    def empty_words(self) -> str:
        return translate("Form", "No recording yet: record one, choose a file, or drop it here.")

    def _name_buttons(self) -> None:
        self._play.setVisible(bool(self.question.value))
        self._play.set_words(
            translate("Form", "Stop playing") if self._speaker else translate("Form", "Play")
        )
        if self._recorder.is_recording():
            words = translate("Form", "End the recording")
        elif self.question.value:
            words = translate("Form", "Record again")
        else:
            words = translate("Form", "Record")
        self._record.set_words(words)

    @Slot()
    def _on_record(self) -> None:
        if self._recorder.is_recording():
            self._recorder.stop()
        else:
            self._be_silent()
            microphone = self.means.capture.microphone()
            if isinstance(microphone, Lack):
                self.say_lack(microphone, translate("Form", "Microphone"))
            else:
                self._cut_off.hide()
                self._recorder.start(microphone)
        self._name_buttons()

    def _on_cut_off(self, samples: bytes) -> None:
        # The page may have gone on.
        if isValid(self) and not self._recorder.is_recording():
            self._cut_off.show_samples(samples)

    @Slot()
    def _on_dropped(self) -> None:
        self.files.on_recording_dropped(self.question.path)

    @Slot(object)
    def _on_heard(self, samples: bytes) -> None:
        self.files.on_sound(self.question.path, samples)

    @Slot(object)
    def _on_recorded(self, samples: bytes) -> None:
        self._name_buttons()
        self.files.on_file_given(self.question.path, partial(pictures.recorded, samples))

    @Slot()
    def _on_play(self) -> None:
        if self._speaker is not None:
            self._be_silent()
            return
        speaker = self.means.capture.player()
        if isinstance(speaker, Lack):
            self.say_lack(speaker, translate("Form", "Loudspeaker"))
            return
        self._speaker = speaker
        self._name_buttons()
        path, name = self.question.path, self.question.value
        self.files.read_file(path, name, lambda content: content, partial(self._on_content, speaker))

    def _on_content(self, speaker: Player[QImage], content: bytes | None) -> None:
        if content is None or speaker is not self._speaker:
            self._be_silent()
        else:
            speaker.play(content, self._be_silent)

    def _be_silent(self) -> None:
        speaker, self._speaker = self._speaker, None
        if speaker is not None:
            speaker.stop()
        self._name_buttons()


class DrawnEditor(FileEditor):
    """A signature, a drawing, or marks on a photo; what was drawn is kept when the pen rests."""

    def __init__(
        self, state: QuestionState, means: Means, files: TakesFiles, parent: QWidget | None = None
    ) -> None:
        self._annotates = "annotate" in state.appearance
        super().__init__(state, means, files, parent)
        signature = "signature" in state.appearance
        self._canvas = Canvas(name_of(state), signature=signature)
        if self._annotates:
            self._canvas.use_marker()
        self.extras.addWidget(self._canvas)
        self._canvas.drawn.connect(self._on_drawn)
        self.finish()

    def flush(self) -> None:
        self._canvas.flush()

    def empty_words(self) -> str:
        if self._annotates:
            return translate("Form", "Choose or paste a photo, then mark what matters with mouse or pen.")
        return translate("Form", "Sign or draw here with mouse, pen or finger.")

    def longest(self) -> int:
        return pictures.DRAWABLE

    def show_preview(self, shown: pictures.Preview | None) -> None:
        self._canvas.show_picture(None if shown is None else shown.picture)

    @Slot(object)
    def _on_drawn(self, image: QImage) -> None:
        name = "photo.jpg" if self._annotates else "drawing.png"
        self.files.on_file_given(self.question.path, partial(pictures.encoded, image, name))
