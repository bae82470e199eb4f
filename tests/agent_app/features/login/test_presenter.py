"""The sign-in page as a sequence of states; signing in itself is told to it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from agent_app.features.login.presenter import LoginPresenter
from agent_app.features.login.state import Credentials, LoginState
from agent_app.ports import Lane
from server_sync.domain.errors import ErrorKind, KnownError
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import HandClock

TYPED = Credentials("https://huifang.example", "agent01", "secret")


@dataclass
class Page:
    """A presenter with a door that says what a test wants."""

    answer: Callable[[Credentials], str] = lambda given: "a desk"
    states: list[LoginState] = field(default_factory=list)
    tried: list[Credentials] = field(default_factory=list)
    desks: list[str] = field(default_factory=list)
    work: ImmediateWork = field(default_factory=ImmediateWork)
    clock: HandClock = field(default_factory=HandClock)

    def __post_init__(self) -> None:
        self.presenter = LoginPresenter(
            self.work, self.clock, self._sign_in, self.desks.append, self.states.append, "", ""
        )

    def _sign_in(self, given: Credentials) -> str:
        self.tried.append(given)
        return self.answer(given)

    def submit(self, given: Credentials = TYPED) -> LoginState:
        """Press the button; returns what is shown then."""
        self.presenter.on_submitted(given)
        return self.states[-1]

    def refuse(self, kind: ErrorKind, **values: object) -> None:
        """From now on the door stays shut."""

        def shut(given: Credentials) -> str:
            raise KnownError(kind, **values)

        self.answer = shut


def test_a_sign_in_is_busy_and_then_hands_the_desk_over() -> None:
    page = Page()
    page.submit()
    assert [state.busy for state in page.states] == [True]
    assert page.desks == ["a desk"]
    assert page.work.lanes == [Lane.NETWORK]


@pytest.mark.parametrize("name", ["server", "login", "password"])
def test_an_empty_field_is_shown_without_asking_the_server(name: str) -> None:
    page = Page()
    given = {"server": " s ", "login": "a", "password": "p", name: "  " if name != "password" else ""}
    state = page.submit(Credentials(**given))
    assert (state.error, state.wrong_field, state.busy) == (ErrorKind.FIELD_MISSING, name, False)
    assert page.tried == []


def test_blanks_around_server_and_name_are_dropped_but_never_of_the_password() -> None:
    page = Page()
    page.submit(Credentials(" https://huifang.example ", " agent01\t", " secret "))
    assert page.tried == [Credentials("https://huifang.example", "agent01", " secret ")]


@pytest.mark.parametrize(
    ("kind", "wrong_field"),
    [
        (ErrorKind.BAD_CREDENTIALS, "password"),
        (ErrorKind.TOO_MANY_TRIES, "password"),
        (ErrorKind.ACCOUNT_DISABLED, "login"),
        (ErrorKind.PROFILE_IN_USE, "login"),
        (ErrorKind.OFFLINE, "server"),
        (ErrorKind.NOT_A_SERVER, "server"),
        (ErrorKind.STORE_DAMAGED, ""),
    ],
)
def test_a_refusal_says_where_to_look_and_lets_one_try_again(kind: ErrorKind, wrong_field: str) -> None:
    page = Page()
    page.refuse(kind, seconds=30)
    state = page.submit()
    assert (state.error, state.wrong_field, state.busy) == (kind, wrong_field, False)
    assert (state.error_values, state.now) == ({"seconds": 30}, page.clock.at)
    page.answer = lambda given: "a desk"
    assert page.submit().error is None
    assert page.desks == ["a desk"]


def test_while_the_server_is_asked_pressing_again_does_nothing() -> None:
    page = Page()

    def pressed_again(given: Credentials) -> str:
        if len(page.tried) < 5:
            page.presenter.on_submitted(TYPED)
        return "a desk"

    page.answer = pressed_again
    page.submit()
    assert len(page.tried) == 1


def test_the_earlier_password_is_asked_for_once_and_calmly() -> None:
    page = Page()
    page.refuse(ErrorKind.PASSPHRASE_WRONG)
    state = page.submit()
    assert (state.earlier_asked, state.error, state.wrong_field) == (True, None, "earlier_password")
    state = page.submit()
    assert (state.error, state.wrong_field) == (ErrorKind.FIELD_MISSING, "earlier_password")
    given = Credentials(TYPED.server, TYPED.login, TYPED.password, "before")
    state = page.submit(given)
    assert (state.error, state.wrong_field) == (ErrorKind.PASSPHRASE_WRONG, "earlier_password")
    page.answer = lambda given: "a desk"
    page.submit(given)
    assert page.tried == [TYPED, given, given]
    assert page.desks == ["a desk"]


def test_the_earlier_password_of_one_person_is_never_asked_of_another() -> None:
    page = Page()
    page.refuse(ErrorKind.PASSPHRASE_WRONG)
    page.submit()
    page.refuse(ErrorKind.BAD_CREDENTIALS)
    state = page.submit(Credentials(TYPED.server, "agent02", "other", "before"))
    assert not state.earlier_asked
    assert page.tried[-1] == Credentials(TYPED.server, "agent02", "other")


def test_a_bug_goes_up_and_leaves_the_page_usable() -> None:
    page = Page()

    def broken(given: Credentials) -> str:
        raise ZeroDivisionError

    page.answer = broken
    with pytest.raises(ZeroDivisionError):
        page.submit()
    assert (page.states[-1].busy, page.states[-1].broken) == (False, True)
    page.answer = lambda given: "a desk"
    page.submit()
    assert (page.states[-1].broken, page.desks) == (False, ["a desk"])


def test_a_bug_behind_the_door_leaves_the_page_usable_too() -> None:
    page = Page()

    def stumble(desk: str) -> None:
        raise ZeroDivisionError

    page.presenter = LoginPresenter(
        page.work, page.clock, lambda given: "a desk", stumble, page.states.append, "", ""
    )
    with pytest.raises(ZeroDivisionError):
        page.submit()
    assert (page.states[-1].busy, page.states[-1].broken) == (False, True)
