"""The articles' room without a window: found, written, saved, retired, and two who write one article."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.articles.presenter import ArticlesPresenter
from agent_app.features.articles.state import ArticlesState, Which
from agent_app.store.changes import StoreChanges
from server_sync.domain.errors import ErrorKind
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.articles.conftest import CHANGED, OLD, PRICE, PRINT, TEXT


@dataclass
class Room:
    base: Company
    presenter: ArticlesPresenter = field(init=False)
    drawn: list[ArticlesState] = field(default_factory=list)

    def __post_init__(self) -> None:
        desk = self.base.desk(self.base.organisation.north_lead)
        session = DeskSession(desk, ImmediateWork(), self.tell, TIMEZONE)
        self.presenter = ArticlesPresenter(session, self.drawn.append)
        self.presenter.on_seen(True)

    def tell(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    @property
    def state(self) -> ArticlesState:
        return self.drawn[-1]

    def write(self, article_id: bytes | None = None, **values: Any) -> None:
        if article_id is not None:
            self.presenter.on_chosen(article_id)
        assert self.state.written is not None
        self.presenter.on_written(replace(self.state.written, **values))

    def found(self) -> tuple[bytes, ...]:
        return self.state.found

    def missing(self) -> tuple[str, ...]:
        return self.state.missing

    def stored(self, article_id: bytes, column: str) -> object:
        ((value,),) = self.base.rows(f"SELECT {column} FROM article WHERE id = ?", article_id)
        return value


@pytest.fixture
def room(base: Company) -> Room:
    return Room(base)


def test_those_in_use_are_listed_the_last_changed_first_and_the_retired_where_they_are_asked_for(
    room: Room,
) -> None:
    assert room.found() == (PRINT, PRICE)
    room.presenter.on_which(Which.RETIRED)
    assert room.found() == (OLD,)
    room.presenter.on_which(Which.ALL)
    assert room.found() == (PRINT, PRICE, OLD)


@pytest.mark.parametrize("typed", ["太贵", "价格", "jiage", "jg", "哪一款"])
def test_an_article_is_found_by_words_pinyin_and_initials(room: Room, typed: str) -> None:
    room.presenter.on_searched(typed)
    assert room.state.found == (PRICE,)


def test_a_new_article_is_saved_and_listed(room: Room) -> None:
    room.presenter.on_new()
    room.presenter.on_save()
    assert room.missing() == ("title", "body")
    room.write(title=" 怎样道歉 ", body="先道歉。\n", kind="soothing")
    assert room.missing() == ()
    room.presenter.on_save()
    assert (room.state.unsaved, room.state.saved) == (frozenset(), True)
    assert room.state.stands is not None
    assert (room.state.stands.written.title, room.state.stands.changed_by) == ("怎样道歉", "坐席 01")
    assert room.state.open_id in room.state.found


def test_what_is_not_saved_waits_beside_its_article(room: Room) -> None:
    room.write(PRICE, body="另一种说法。")
    room.presenter.on_chosen(PRINT)
    assert room.state.unsaved == {PRICE}
    room.presenter.on_chosen(PRICE)
    assert room.state.written is not None
    assert room.state.written.body == "另一种说法。"
    assert room.stored(PRICE, "body") == TEXT.body
    room.presenter.on_let_be()
    assert (room.state.written, room.state.unsaved) == (TEXT, frozenset())


def test_writing_what_stands_already_leaves_nothing_to_save(room: Room) -> None:
    room.write(PRICE, body="另一种说法。")
    room.write(PRICE, body=TEXT.body)
    assert room.state.unsaved == frozenset()


def test_a_new_article_that_is_let_be_is_gone(room: Room) -> None:
    room.presenter.on_new()
    room.presenter.on_let_be()
    assert (room.state.open_id, room.state.unsaved) == (None, frozenset())


def test_an_article_is_retired_and_brought_back(room: Room) -> None:
    room.presenter.on_chosen(PRICE)
    room.presenter.on_retired(True)
    assert (room.stored(PRICE, "active"), room.state.found) == (0, (PRINT,))
    room.presenter.on_retired(False)
    assert room.stored(PRICE, "active") == 1


def test_fields_that_one_leaves_alone_follow_what_somebody_else_writes(
    room: Room, elsewhere: Callable[..., None]
) -> None:
    room.write(PRICE, body="另一种说法。")
    elsewhere(PRICE, title="价格太高")
    room.presenter.on_changed(CHANGED)
    assert (room.state.lost, room.state.written) == (
        (),
        replace(TEXT, title="价格太高", body="另一种说法。"),
    )
    room.presenter.on_save()
    assert (room.stored(PRICE, "title"), room.stored(PRICE, "body")) == ("价格太高", "另一种说法。")


def test_a_field_that_two_write_is_told_and_saved_only_on_purpose(
    room: Room, elsewhere: Callable[..., None]
) -> None:
    room.write(PRICE, body="另一种说法。")
    elsewhere(PRICE, body="第三种说法。")
    room.presenter.on_save()
    assert room.stored(PRICE, "body") == "第三种说法。"
    room.presenter.on_changed(CHANGED)
    assert (room.state.lost, room.state.error) == (("body",), None)
    room.presenter.on_insisted()
    assert (room.stored(PRICE, "body"), room.state.lost) == ("另一种说法。", ())


def test_who_may_not_write_is_told(base: Company) -> None:
    room = Room(base)
    agent = base.session(base.organisation.north_agents[0], ImmediateWork())
    room.presenter = ArticlesPresenter(agent, room.drawn.append)
    room.presenter.on_seen(True)
    room.write(PRICE, body="另一种说法。")
    room.presenter.on_save()
    assert room.state.error is ErrorKind.NOT_PERMITTED
