"""What a form's intents do, for the presenters of guide, survey and visit, who inherit it; they save and draw.

A feature that takes files hands the desk's sealed files to `FormPresenter(session, files)`, makes its
`Filling(…, takes_files=True)`, and has the `Sitting` in `_sitting` while a form is open. The `sitting.draft()` that
is kept then names the files, and who records the answers attaches them with these: `answer_files.attaching` and
`send_all`, as in `calls.finish_call`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from agent_app.actions import answer_files
from agent_app.actions.answer_files import Give
from agent_app.actions.attachments import Sealed, abandon_attachment, begin_attachment
from agent_app.actions.session import DeskSession
from agent_app.actions.sittings import Sitting
from agent_app.ports import SealedFiles
from agent_app.store.attachments import FileState, LocalFile
from agent_app.ui.forms.filling import Filling
from agent_app.ui.forms.recordings import Recordings
from agent_app.ui.forms.search import terms_of
from server_sync.domain.errors import KnownError
from server_sync.domain.forms.pages import QuestionState

Shown = TypeVar("Shown")


class FormPresenter(ABC):
    """Holds the filling-in that is open, if any, and with a sitting what is kept of it. Without `files` no question
    for a file is answered."""

    def __init__(self, session: DeskSession, files: SealedFiles | None = None) -> None:
        self._session = session
        self._files = files
        self._recordings = None if files is None else Recordings(session, files)
        self._filling: Filling | None = None
        self._sitting: Sitting | None = None
        self._going_on = False
        self._left: tuple[Sitting, Callable[[Sitting], object]] | None = None

    @property
    def takes_files(self) -> bool:
        """Whether questions for files are answered here."""
        return self._files is not None

    @property
    def filling(self) -> Filling | None:
        """What is open."""
        return self._filling

    @abstractmethod
    def _form_changed(self, *, save: bool) -> None:
        """Something is to be drawn, and with `save` to be kept."""

    @abstractmethod
    def _form_left(self) -> None:
        """Enter was pressed behind the last page, or where there is no form."""

    def _leave_sitting(self, keep: Callable[[Sitting], object]) -> None:
        """Something else comes on the screen: `keep` saves what was measured to this moment, and once more when a file
        was still being taken in."""
        sitting, self._sitting = self._sitting, None
        if sitting is not None:
            sitting.left()
            self._left = sitting, keep
            keep(sitting)

    def understood(self, question: QuestionState, typed: str) -> str:
        """A typed day or time as the form takes it, "" for none."""
        return "" if self._filling is None else self._filling.understood(question, typed)

    def on_answered(self, path: str, text: str) -> None:
        """An answer was chosen, or typing paused."""
        if self._filling is not None:
            self._form_changed(save=self._filling.answer(path, text))

    def on_next(self) -> None:
        """On to the next page, unless something here is missing or wrong; a file that is being taken in comes first."""
        if self._filling is None or self._filling.at_end:
            self._form_left()
        elif self._filling.is_sealing():
            self._going_on = True
        else:
            self._form_changed(save=self._filling.next())

    def on_back(self) -> None:
        """Back to the page before."""
        if self._filling is not None and self._filling.back():
            self._form_changed(save=True)

    def on_question_asked(self, path: str) -> None:
        """To the page of one question, from the list or from what is read back."""
        if self._sitting is not None:
            self._sitting.jumped(path)
        if self._filling is not None:
            self._form_changed(save=self._filling.go_to(path))

    def on_confirmed(self) -> None:
        """Yes: what was asked may go."""
        if self._filling is not None:
            self._form_changed(save=self._filling.confirm())

    def on_kept(self) -> None:
        """No: all stays as it was."""
        if self._filling is not None:
            self._filling.keep()
            self._form_changed(save=False)

    def on_another_asked(self) -> None:
        """One more instance of the repeat that is asked about."""
        if self._filling is not None:
            self._form_changed(save=self._filling.add_another())

    def on_remove_asked(self) -> None:
        """The instance on the page is to go, if the next answer is yes."""
        if self._filling is not None:
            self._filling.ask_to_remove()
            self._form_changed(save=False)

    def on_language_chosen(self, language: str) -> None:
        """Show the form in another of its languages."""
        if self._filling is not None:
            self._filling.use_language(language)
            self._form_changed(save=False)

    def find_terms(self, labels: Sequence[str], on_done: Callable[[tuple[str, ...]], object]) -> None:
        """What these are found by, pinyin and initials too; reading them takes its time and is done elsewhere."""
        self._session.load(lambda: terms_of(labels), on_done)

    # ------------------------------------------------------------------------------------------------- files

    def on_file_given(self, path: str, give: Give) -> None:
        """A file for a question: it is read and sealed elsewhere, then its name is the answer; or why not is told."""
        files, filling, sitting = self._files, self._filling, self._sitting
        question = None if filling is None else filling.session.question(path)
        if files is None or filling is None or sitting is None or question is None or question.readonly:
            return
        if self._recordings is not None:
            self._recordings.ended(path)
        session, new_id = self._session, self._session.new_id
        local = LocalFile(
            new_id(),
            sitting.customer_id,
            new_id().hex(),
            files.new_key(),
            FileState.WRITING,
            looked_at=session.now(),
        )

        def begin(policy: Mapping[str, int]) -> None:
            def seal() -> Sealed:
                return answer_files.seal_answer(files, local, question, give, policy)

            session.act(
                lambda desk: begin_attachment(desk, local), lambda _: session.load(seal, sealed, fail), fail
            )

        def sealed(one: Sealed) -> None:
            sitting.files[one.file_name] = one
            sitting.recordings.pop(path, None)
            still_asked = filling.sealed(path)
            if self._left is not None and self._left[0] is sitting and filling.answer(path, one.file_name):
                self._left[1](sitting)
                return
            if sitting is not self._sitting or not still_asked:
                session.act(lambda desk: abandon_attachment(desk, local))
                return
            self.on_answered(path, one.file_name)
            if self._going_on and not filling.is_sealing():
                self._going_on = False
                self.on_next()

        def fail(error: Exception) -> None:
            if not isinstance(error, KnownError):
                raise error
            session.act(lambda desk: abandon_attachment(desk, local))
            filling.refuse(path, error.kind, error.values)
            self._going_on = False
            self._redraw(filling)

        filling.seal(path)
        self._going_on = False
        held = len(sitting.draft().files)
        session.read(
            lambda connection: answer_files.load_policy(connection, local.customer_id, held), begin, fail
        )
        self._redraw(filling)

    def on_sound(self, path: str, samples: bytes) -> None:
        """More was recorded at a question: it is sealed and named by the draft before the recording ends."""
        if self._recordings is not None and self._sitting is not None:
            self._recordings.hear(self._sitting, path, samples, self._keep_recording)

    def find_recording(self, path: str, on_heard: Callable[[bytes], object]) -> None:
        """`on_heard` gets the samples of a recording at this question that was cut off, if there is one."""
        filling, sitting = self._filling, self._sitting
        if self._recordings is None or filling is None or sitting is None:
            return

        def fail(error: Exception) -> None:
            if not isinstance(error, KnownError):
                raise error
            filling.refuse(path, error.kind, error.values)
            self._redraw(filling)

        self._recordings.cut_off(sitting, path, on_heard, fail)

    def on_recording_dropped(self, path: str) -> None:
        """What was cut off is not wanted."""
        if self._sitting is not None and self._sitting.recordings.pop(path, None) is not None:
            self._form_changed(save=True)

    def _keep_recording(self, sitting: Sitting) -> None:
        if sitting is self._sitting:
            self._form_changed(save=True)

    def read_file(
        self, path: str, name: str, show: Callable[[bytes | None], Shown], on_done: Callable[[Shown], object]
    ) -> None:
        """Have `show` make something of the file that a question's answer names, away from the main thread; it gets
        None where the file is not on this computer. One that is damaged is told at the question."""
        files, filling, sitting = self._files, self._filling, self._sitting
        if files is None or filling is None or sitting is None:
            return
        customer_id, held, session = sitting.customer_id, dict(sitting.files), self._session

        def fail(error: Exception) -> None:
            if not isinstance(error, KnownError):
                raise error
            filling.refuse(path, error.kind, error.values)
            self._redraw(filling)

        session.read(
            lambda connection: answer_files.find_file(connection, customer_id, name, held),
            lambda local: session.load(lambda: show(answer_files.read_file(files, local)), on_done, fail),
            fail,
        )

    def read_media(
        self, name: str, show: Callable[[bytes | None], Shown], on_done: Callable[[Shown], object]
    ) -> None:
        """Have `show` make something of a file that stands beside the form's words, away from the main thread."""
        version_id, media = self._media_version(), self._session.form_media
        if version_id is not None:
            self._session.load(lambda: show(media(version_id, name)), on_done)

    def _media_version(self) -> bytes | None:
        """The version whose files stand beside the words; None for a form that is not published."""
        return None if self._sitting is None else self._sitting.version_id

    def do_beside(self, fn: Callable[[], Shown], on_done: Callable[[Shown], object]) -> None:
        """Have something done away from the main thread, such as looking for a barcode in a picture."""
        self._session.load(fn, on_done)

    def _redraw(self, filling: Filling) -> None:
        if filling is self._filling:
            self._form_changed(save=False)
