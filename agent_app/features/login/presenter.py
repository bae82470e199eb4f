"""What happens on the sign-in page; how a person is signed in is given to it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Generic, TypeVar

from agent_app.features.login.state import Credentials, LoginState
from agent_app.ports import Lane, Work
from server_sync.domain.clock import Clock
from server_sync.domain.errors import ErrorKind, KnownError

Desk = TypeVar("Desk")

_WRONG = {
    ErrorKind.BAD_CREDENTIALS: "password",
    ErrorKind.TOO_MANY_TRIES: "password",
    ErrorKind.PASSPHRASE_WRONG: "earlier_password",
    ErrorKind.ACCOUNT_DISABLED: "login",
    ErrorKind.PROFILE_IN_USE: "login",
    ErrorKind.OFFLINE: "server",
    ErrorKind.NOT_A_SERVER: "server",
}


class LoginPresenter(Generic[Desk]):
    """`sign_in` runs on a network thread and gives whatever `on_signed_in` takes, or raises KnownError."""

    def __init__(
        self,
        work: Work,
        clock: Clock,
        sign_in: Callable[[Credentials], Desk],
        on_signed_in: Callable[[Desk], object],
        render: Callable[[LoginState], object],
        server: str,
        login: str,
    ) -> None:
        self._work = work
        self._clock = clock
        self._sign_in = sign_in
        self._on_signed_in = on_signed_in
        self._render = render
        self._state = LoginState(server, login)

    def start(self, error: KnownError | None = None) -> None:
        """Show the page with what this machine remembers, and why the person is here again, if he was sent back."""
        if error is not None:
            self._state = replace(
                self._state, error=error.kind, error_values=error.values, now=self._clock.now()
            )
        self._render(self._state)

    def on_submitted(self, credentials: Credentials) -> None:
        """The person wants in; while the server is asked, pressing again does nothing."""
        if self._state.busy:
            return
        typed = replace(credentials, server=credentials.server.strip(), login=credentials.login.strip())
        asked = self._state.earlier_asked and self._is_same_person(typed)
        if not asked:
            typed = replace(typed, earlier_password="")
        self._state = LoginState(typed.server, typed.login, earlier_asked=asked)
        needed = ("server", "login", "password", *(("earlier_password",) if asked else ()))
        for name in needed:
            if not getattr(typed, name):
                self._fail(KnownError(ErrorKind.FIELD_MISSING, field=name), name)
                return
        self._state = replace(self._state, busy=True)
        self._render(self._state)
        self._work.run(lambda: self._sign_in(typed), self._admitted, self._failed, lane=Lane.NETWORK)

    def _is_same_person(self, typed: Credentials) -> bool:
        return (typed.server, typed.login) == (self._state.server, self._state.login)

    def _admitted(self, desk: Desk) -> None:
        try:
            self._on_signed_in(desk)
        except Exception as error:
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            self._state = replace(self._state, busy=False, broken=True)
            self._render(self._state)
            raise error
        wrong_field = _WRONG.get(error.kind, "")
        if error.kind is ErrorKind.PASSPHRASE_WRONG and not self._state.earlier_asked:
            self._state = replace(self._state, busy=False, earlier_asked=True, wrong_field=wrong_field)
            self._render(self._state)
            return
        self._fail(error, wrong_field)

    def _fail(self, error: KnownError, wrong_field: str) -> None:
        self._state = replace(
            self._state,
            busy=False,
            error=error.kind,
            error_values=error.values,
            wrong_field=wrong_field,
            now=self._clock.now(),
        )
        self._render(self._state)
