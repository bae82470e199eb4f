"""What a form's intents do, for the presenters of guide, survey and visit, who inherit it; they save and draw."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence

from agent_app.actions.session import DeskSession
from agent_app.ui.forms.filling import Filling
from agent_app.ui.forms.search import terms_of
from server_sync.domain.forms.pages import QuestionState


class FormPresenter(ABC):
    """Holds the filling-in that is open, if any."""

    def __init__(self, session: DeskSession) -> None:
        self._session = session
        self._filling: Filling | None = None

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

    def understood(self, question: QuestionState, typed: str) -> str:
        """A typed day or time as the form takes it, "" for none."""
        return "" if self._filling is None else self._filling.understood(question, typed)

    def on_answered(self, path: str, text: str) -> None:
        """An answer was chosen, or typing paused."""
        if self._filling is not None:
            self._form_changed(save=self._filling.answer(path, text))

    def on_next(self) -> None:
        """On to the next page, unless something here is missing or wrong."""
        if self._filling is None or self._filling.at_end:
            self._form_left()
        else:
            self._form_changed(save=self._filling.next())

    def on_back(self) -> None:
        """Back to the page before."""
        if self._filling is not None and self._filling.back():
            self._form_changed(save=True)

    def on_question_asked(self, path: str) -> None:
        """To the page of one question, from the list or from what is read back."""
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
