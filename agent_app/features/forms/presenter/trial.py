"""What happens when a form is tried: it is filled in as on a call, with a customer's data if one is chosen; nothing is
recorded."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from agent_app.actions.session import DeskSession
from agent_app.features.forms.state import TrialState, Trouble
from agent_app.store.queries import forms, guide_facts, search
from agent_app.store.queries.guide_facts import GuideFacts
from agent_app.store.queries.search import Found
from agent_app.ui.forms.filling import Filling
from agent_app.ui.forms.presenter import FormPresenter
from server_sync.domain.errors import KnownError
from server_sync.domain.forms import session as filling_in
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.reading import read_form

MOST_FOUND = 8


class TrialPresenter(FormPresenter):
    """`prefill` puts the facts of a customer into the words that a form's texts are filled with; `render` gets None
    when no form is tried."""

    def __init__(
        self,
        session: DeskSession,
        language: str,
        prefill: Callable[[GuideFacts], Mapping[str, str]],
        render: Callable[[TrialState | None], object],
    ) -> None:
        super().__init__(session)
        self._language = language
        self._words_of = prefill
        self._render = render
        self._state: TrialState | None = None
        self._form: FormDefinition | None = None
        self._given: Mapping[str, str] = {}
        self._version_id: bytes | None = None

    @property
    def state(self) -> TrialState | None:
        """What is shown."""
        return self._state

    def open_version(self, version_id: bytes, title: str) -> None:
        """Try a published version."""
        self._open(title)
        self._version_id = version_id
        self._session.read(
            lambda connection: forms.xform(connection, version_id),
            lambda xform: self._read(xform) if xform is not None else None,
            key="trial",
        )

    def open_xform(self, xform: str, title: str) -> None:
        """Try a form that is not published."""
        self._open(title)
        self._read(xform)

    def on_again(self) -> None:
        """From the beginning."""
        if self._form is not None:
            self._begin(self._form)

    def on_searched(self, text: str) -> None:
        """Find the customer whose data are to fill the texts."""
        if self._state is not None:
            self._state = replace(self._state, searched=text)
            self._session.read(
                lambda connection: search.search(connection, text, MOST_FOUND),
                self._found,
                key="trial customer",
            )

    def on_customer_chosen(self, found: Found) -> None:
        """Begin again with this customer's data."""

        def read(connection: Connection) -> GuideFacts | None:
            return guide_facts.of_customer(connection, found.customer_id, self._session.desk.person_id)

        self._session.read(read, lambda facts: self._filled(found.name, facts), key="trial facts")

    def on_nobody_chosen(self) -> None:
        """Begin again without anybody's data."""
        self._filled("", None)

    def on_closed(self) -> None:
        """Leave; nothing of it is kept."""
        self._state = self._form = self._filling = None
        self._given = {}
        self._render(None)

    def _media_version(self) -> bytes | None:
        return self._version_id

    def _form_changed(self, *, save: bool) -> None:
        if self._state is not None and self._filling is not None:
            self._draw(replace(self._state, form=self._filling.state()))

    def _form_left(self) -> None:
        """Behind the last page there is nothing to go on to."""

    def _open(self, title: str) -> None:
        self._form, self._filling, self._given, self._version_id = None, None, {}, None
        self._draw(TrialState(title))

    def _read(self, xform: str) -> None:
        self._session.load(lambda: read_form(xform), self._begin, self._failed)

    def _begin(self, form: FormDefinition) -> None:
        if self._state is None:
            return
        self._form = form
        begun = filling_in.start(
            form,
            now=self._session.now(),
            zone=self._session.timezone,
            prefill=self._given,
            language=self._language,
            seed=self._session.new_id().hex(),
        )
        self._filling = Filling(begun, self._session.now, self._session.timezone)
        self._form_changed(save=False)

    def _filled(self, name: str, facts: GuideFacts | None) -> None:
        if self._state is None or self._form is None:
            return
        self._given = {} if facts is None else self._words_of(facts)
        self._state = replace(self._state, customer=name, found=(), searched="")
        self._begin(self._form)

    def _found(self, found: tuple[Found, ...]) -> None:
        if self._state is not None:
            self._draw(replace(self._state, found=found))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        if self._state is not None:
            self._draw(replace(self._state, trouble=Trouble(error.kind, error.values)))

    def _draw(self, state: TrialState) -> None:
        self._state = replace(state, now=self._session.now())
        self._render(self._state)
