"""What presenters hold: reading on one snapshot, acting in its own lane, everybody told before the asker goes on."""

from sqlalchemy import Connection

from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.actions.tasks import set_presence
from agent_app.ports import Lane
from agent_app.store.changes import StoreChanges
from server_sync.domain.errors import ErrorKind, KnownError
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.deferred import DeferredWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.server_sync.organisation import NOW


def names(connection: Connection) -> list[str]:
    return [str(name) for (name,) in connection.exec_driver_sql("SELECT name FROM team ORDER BY name")]


def test_reading_gives_the_answer_in_the_lane_of_screens(company: Company, work: ImmediateWork) -> None:
    session = company.session(company.organisation.north_agents[0], work)
    heard: list[list[str]] = []
    session.read(names, heard.append)
    assert heard == [["北区", "南区"]]
    assert work.lanes == [Lane.QUERY]
    assert (session.now(), session.timezone) == (NOW, TIMEZONE)
    assert session.new_id() != session.new_id()


def test_acting_tells_everybody_before_the_asker_goes_on(company: Company, work: ImmediateWork) -> None:
    session = company.session(company.organisation.north_agents[0], work)
    order: list[str] = []
    session.act(
        lambda desk: set_presence(desk, "ready"), lambda changes: order.append(f"done {len(company.told)}")
    )
    assert order == ["done 1"]
    assert company.told[0].tables == {"presence", "outbox"}
    assert work.lanes == [Lane.ACTION]


def test_an_action_that_fails_tells_nobody_but_the_asker(company: Company, work: ImmediateWork) -> None:
    def refused(desk: Desk) -> StoreChanges:
        raise KnownError(ErrorKind.DISK_FULL)

    session = company.session(company.organisation.north_agents[0], work)
    errors: list[Exception] = []
    session.act(refused, None, errors.append)
    assert [error.kind for error in errors if isinstance(error, KnownError)] == [ErrorKind.DISK_FULL]
    assert company.told == []


def test_a_newer_read_of_the_same_key_replaces_the_earlier(company: Company) -> None:
    work = DeferredWork()
    agent = company.organisation.north_agents[0]
    session = DeskSession(company.desk(agent), work, company.told.append, TIMEZONE)
    heard: list[str] = []
    session.read(lambda connection: "old", heard.append, key="queue")
    session.read(lambda connection: "new", heard.append, key="queue")
    session.read(lambda connection: "other", heard.append)
    work.finish()
    assert heard == ["new", "other"]
