"""The files of a customer as a sequence of states: attached, looked at, fetched, saved, taken back; never mixed up."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.customer360.presenter import AttachmentsPresenter
from agent_app.features.customer360.state import AttachmentsState
from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import Lane
from agent_app.store import attachments as local_files
from agent_app.store.attachments import FileState
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.attachments import Attached, Standing
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.deferred import DeferredWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.server_sync.organisation import NOW

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 400
SUM = hashlib.sha256(JPEG).hexdigest()


class Section:
    """A presenter with two customers of its agent; what changes in the store is told to it as the hub does."""

    def __init__(self, company: Company, folder: Path, work: Any) -> None:
        organisation = company.organisation
        agent = organisation.north_agents[0]
        self.company = company
        self.customers = [
            organisation.customer(organisation.north, owner=agent, name=name) for name in ("甲", "乙")
        ]
        company.put(*self.customers)
        self.files = SealedFolder(folder / "sealed")
        self.own = folder / "own"
        self.own.mkdir()
        self.states: list[AttachmentsState] = []
        self.shown: list[tuple[str, bytes]] = []
        session = DeskSession(company.desk(agent), work, self.tell, TIMEZONE)
        self.presenter = AttachmentsPresenter(
            session, self.files, self.states.append, lambda _, content: content(), self._show
        )

    def tell(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def _show(self, file: Attached, content: bytes) -> None:
        self.shown.append((file.file_name, content))

    def open(self, place: int = 0) -> None:
        self.presenter.open(self.customers[place].row_id, None)

    def source(self, name: str = "现场.jpg", held: bytes = JPEG) -> Path:
        file = self.own / name
        file.write_bytes(held)
        return file

    def from_elsewhere(self, state: str = "complete", **other: Any) -> bytes:
        """A file that a colleague attached, as it came from the server."""
        row_id = self.company.ids.new()
        row = {
            "id": row_id, "customer_id": self.customers[0].row_id, "kind": "photo", "state": state,
            "file_name": "铭牌.jpg", "media_type": "image/jpeg", "size": len(JPEG), "sha256": SUM,
            "created_by": self.company.organisation.north_lead.person_id, "created_at": NOW,
        }  # fmt: skip
        self.company.put(Insert("attachment", row | other))
        self.tell(StoreChanges(frozenset({"attachment"}), None, "sync"))
        return row_id

    def arrives(self, attachment_id: bytes) -> None:
        """A file that was wanted has come."""
        with self.company.store.write() as connection:
            file = local_files.load(connection, attachment_id)
            assert file is not None
            self.files.write(file.name, file.key, 0, JPEG)
            local_files.change(connection, attachment_id, state=FileState.KEPT, position=file.size)
        self.tell(StoreChanges(frozenset({"attachment_file"}), None, "transfers"))

    @property
    def state(self) -> AttachmentsState:
        return self.states[-1]

    @property
    def standings(self) -> list[Standing]:
        return [file.standing for file in self.state.files]

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return self.company.rows(sql)


@pytest.fixture
def section(company: Company, tmp_path: Path, work: ImmediateWork) -> Section:
    return Section(company, tmp_path, work)


def test_f1_a_file_that_is_given_is_attached_and_waits_to_be_sent(section: Section) -> None:
    section.open()
    section.presenter.on_files_given([section.source(), section.source("说明.txt", "上午联系".encode())])
    assert section.standings == [Standing.WAITING, Standing.WAITING]
    assert {file.kind for file in section.state.files} == {"photo", "document"}
    assert section.state.adding == ()
    assert section.rows("SELECT count(*) FROM outbox") == [(2,)]


def test_the_names_are_shown_while_they_are_being_added(company: Company, tmp_path: Path) -> None:
    work = DeferredWork()
    section = Section(company, tmp_path, work)
    section.open()
    work.finish()
    section.presenter.on_files_given([section.source()])
    assert list(section.state.adding) == ["现场.jpg"]
    section.open(1)
    work.finish()
    assert not section.state.adding
    assert not section.state.files
    section.open(0)
    work.finish()
    assert [file.file_name for file in section.state.files] == ["现场.jpg"]  # of whom it was given for


@pytest.mark.parametrize(
    ("name", "held", "kind"),
    [
        ("a.exe", b"MZ", ErrorKind.FILE_TYPE_REFUSED),
        ("a.jpg", b"MZ", ErrorKind.FILE_TYPE_REFUSED),
        ("a.jpg", b"", ErrorKind.FIELD_INVALID),
    ],
)
def test_f1_a_file_that_may_not_be_attached_is_named_and_leaves_nothing(
    section: Section, name: str, held: bytes, kind: ErrorKind
) -> None:
    section.open()
    section.presenter.on_files_given([section.source(name, held), section.source("gut.jpg")])
    assert section.rows("SELECT count(*) FROM attachment") == [(1,)]
    assert section.rows("SELECT state FROM attachment_file") == [("sending",)]
    section.presenter.on_files_given([section.source(name, held)])
    assert (section.state.error, section.state.error_name) == (kind, name)
    section.presenter.on_files_given([section.source("auch.jpg")])
    assert section.state.error is None


def test_f1_the_companys_limits_are_those_of_the_desk_too(section: Section) -> None:
    section.company.keep("attachments", photo_megabytes=1)
    section.open()
    section.presenter.on_files_given([section.source(held=JPEG + bytes(1 << 20))])
    assert (section.state.error, section.state.error_values) == (
        ErrorKind.ATTACHMENT_TOO_LARGE,
        {"most_megabytes": 1},
    )


def test_a_file_that_is_here_is_shown_at_once(section: Section) -> None:
    section.open()
    section.presenter.on_files_given([section.source()])
    section.presenter.on_open_asked(section.state.files[0].id)
    assert section.shown == [("现场.jpg", JPEG)]


def test_what_is_looked_at_is_noted_and_read_away_from_the_stores_thread(
    section: Section, work: ImmediateWork
) -> None:
    section.open()
    section.presenter.on_files_given([section.source()])
    section.company.clock.at += HOUR
    work.lanes.clear()
    section.presenter.on_open_asked(section.state.files[0].id)
    assert work.lanes == [Lane.QUERY, Lane.ACTION, Lane.NETWORK]
    assert section.rows("SELECT looked_at FROM attachment_file") == [(section.company.clock.at,)]


def test_f1_a_file_that_is_not_here_is_fetched_and_then_shown_once(section: Section) -> None:
    section.open()
    one = section.from_elsewhere()
    assert section.standings == [Standing.THERE]
    section.presenter.on_open_asked(one)
    assert (section.standings, section.shown) == ([Standing.FETCHING], [])
    section.arrives(one)
    section.tell(StoreChanges(frozenset({"attachment"}), None, "sync"))
    assert (section.standings, section.shown) == ([Standing.HERE], [("铭牌.jpg", JPEG)])


def test_a_file_that_arrives_after_somebody_else_is_shown_does_not_pop_up(section: Section) -> None:
    section.open()
    one = section.from_elsewhere()
    section.presenter.on_open_asked(one)
    section.open(1)
    section.arrives(one)
    section.open(0)
    assert (section.standings, section.shown) == ([Standing.HERE], [])


def test_a_fetch_can_be_cancelled_and_nothing_pops_up(section: Section) -> None:
    section.open()
    one = section.from_elsewhere()
    section.presenter.on_open_asked(one)
    section.presenter.on_cancelled(one)
    assert section.standings == [Standing.THERE]
    assert section.rows("SELECT count(*) FROM attachment_file") == [(0,)]


def test_what_its_author_has_not_sent_yet_cannot_be_fetched(section: Section) -> None:
    section.open()
    section.presenter.on_open_asked(section.from_elsewhere("announced"))
    assert section.standings == [Standing.ABSENT]


def test_f1_a_copy_here_that_was_damaged_is_fetched_anew(section: Section) -> None:
    section.open()
    one = section.from_elsewhere()
    section.presenter.on_open_asked(one)
    section.arrives(one)
    [(name,)] = section.rows("SELECT name FROM attachment_file")
    (section.files.folder / str(name)).write_bytes(b"damaged")
    section.presenter.on_open_asked(one)
    assert section.standings == [Standing.FETCHING]
    section.arrives(one)
    assert section.shown == [("铭牌.jpg", JPEG)] * 2


def test_a_damaged_file_that_only_this_desk_has_is_said_to_be_so(section: Section) -> None:
    section.open()
    section.presenter.on_files_given([section.source()])
    [(name,)] = section.rows("SELECT name FROM attachment_file")
    (section.files.folder / str(name)).write_bytes(b"damaged")
    section.presenter.on_open_asked(section.state.files[0].id)
    assert (section.state.error, section.state.error_name) == (ErrorKind.FILE_DAMAGED, "现场.jpg")
    assert section.standings == [Standing.WAITING]


def test_a_copy_goes_where_the_person_wants_it(section: Section) -> None:
    section.open()
    section.presenter.on_files_given([section.source()])
    one = section.state.files[0].id
    section.presenter.on_save_asked(one, section.own / "copy.jpg")
    assert (section.own / "copy.jpg").read_bytes() == JPEG
    section.presenter.on_save_asked(one, section.own / "nowhere" / "copy.jpg")
    assert section.state.error is ErrorKind.FILE_UNWRITABLE
    section.presenter.on_save_asked(one, section.own / "again.jpg")
    assert section.state.error is None


def test_a_file_is_taken_back_by_who_attached_it_alone(section: Section) -> None:
    section.open()
    his = section.from_elsewhere()
    section.presenter.on_files_given([section.source()])
    mine = next(file.id for file in section.state.files if file.mine)
    assert not section.state.leads
    section.presenter.on_removed(his)
    assert section.state.error is ErrorKind.NOT_PERMITTED
    section.presenter.on_removed(mine)
    assert [file.id for file in section.state.files] == [his]


def test_p3_what_the_server_refused_is_offered_again_when_a_person_says_so(section: Section) -> None:
    section.open()
    section.presenter.on_files_given([section.source()])
    one = section.state.files[0].id
    with section.company.store.write() as connection:
        local_files.change(connection, one, state=FileState.REFUSED, error="file_damaged", tries=9)
    section.tell(StoreChanges(frozenset({"attachment_file"}), None, "transfers"))
    assert (section.standings, section.state.files[0].error) == ([Standing.REFUSED], "file_damaged")
    section.presenter.on_again_asked(one)
    assert section.standings == [Standing.WAITING]
    assert section.rows("SELECT tries, error FROM attachment_file") == [(0, None)]


def test_l2_a_customer_who_left_takes_his_list_with_him(section: Section) -> None:
    section.open()
    section.from_elsewhere()
    with section.company.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM attachment")
    section.tell(StoreChanges(frozenset({"attachment"}), None, "sync"))
    assert section.state.files == ()
    section.presenter.open(None, None)
    assert section.state == AttachmentsState()


def test_nothing_is_attached_to_nobody(section: Section) -> None:
    section.presenter.on_files_given([section.source()])
    for act in ("on_open_asked", "on_cancelled", "on_again_asked", "on_removed"):
        getattr(section.presenter, act)(b"nobody")
    assert section.rows("SELECT count(*) FROM attachment_file") == [(0,)]


def test_a_bug_goes_up(section: Section, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    section.open()
    monkeypatch.setattr("agent_app.actions.attachments.seal", broken)
    with pytest.raises(ZeroDivisionError):
        section.presenter.on_files_given([section.source()])
    assert section.rows("SELECT count(*) FROM attachment_file") == [(0,)]
