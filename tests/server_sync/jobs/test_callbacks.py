"""Journey A2: a promised callback whose owner is away goes to the team's pool, and only then."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.commands import AddNote, BookCallback, Command, Insert, Row, SetPresence
from server_sync.domain.commands.decision import Change
from server_sync.domain.model import TABLES, CallbackState, PauseReason, Presence
from server_sync.domain.rules.settings import setting_id
from server_sync.jobs import callbacks
from server_sync.jobs.worker import Worker
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.tables import audit, device
from tests.clocks import HandClock
from tests.deciding import run_command
from tests.server_sync.organisation import NOW, Organisation

AT = NOW + 30 * MINUTE  # 10:30


class Story:
    """One customer, his task, the agent who promised to call him at 10:30."""

    def __init__(self, database: Database, clock: HandClock, organisation: Organisation) -> None:
        self.database = database
        self.clock = clock
        self.organisation = organisation
        self.agent = organisation.north_agents[0]
        self.worker = Worker(database, clock, {callbacks.RELEASE: callbacks.release})
        customer = organisation.customer(organisation.north)
        task = organisation.task(customer, self.agent)
        self.write(customer, task)
        assert self.agent.person_id is not None
        self.person_id = self.agent.person_id
        self.promise = BookCallback(
            callback_id=organisation.ids.new(),
            task_id=task.row_id,
            customer_id=customer.row_id,
            callback_at=AT,
            with_whom="respondent",
            contact_point_id=None,
            note=None,
            booked_at=NOW,
        )
        self.do(self.promise)

    def write(self, *changes: Change) -> None:
        with self.database.write(self.clock.now()) as tx:
            write(tx, changes)

    def do(self, command: Command) -> None:
        run_command(self.database, self.agent, command, self.clock.now())

    def be(self, state: Presence, reason: PauseReason | None = None) -> None:
        """The agent says what he is doing."""
        self.do(SetPresence(self.person_id, state, reason, self.clock.now()))

    def until(self, at: int) -> None:
        """Let time pass, the worker looking every minute."""
        while self.clock.now() < at:
            self.clock.move(MINUTE)
            self.worker.run_due()

    def row(self, table: str, row_id: bytes) -> Row:
        with self.database.read() as connection:
            found = select(TABLES[table]).where(TABLES[table].c.id == row_id)
            return dict(connection.execute(found).mappings().one())

    @property
    def callback(self) -> Row:
        return self.row("callback", self.promise.callback_id)

    @property
    def task(self) -> Row:
        return self.row("task", self.promise.task_id)

    def facts(self) -> list[str]:
        table = TABLES["activity"]
        with self.database.read() as connection:
            mine = table.c.customer_id == self.promise.customer_id
            return sorted(connection.scalars(select(table.c.kind).where(mine)))


@pytest.fixture
def story(database: Database, clock: HandClock, organisation: Organisation) -> Story:
    return Story(database, clock, organisation)


def test_the_owner_on_a_break_for_longer_than_ten_minutes_loses_it_at_46(story: Story) -> None:
    story.until(AT + 5 * MINUTE)
    story.be(Presence.BREAK, PauseReason.MEAL)
    story.until(AT + 15 * MINUTE)
    assert story.callback["state"] == CallbackState.OPEN
    story.until(AT + 16 * MINUTE)
    assert story.callback["state"] == CallbackState.RELEASED
    assert story.callback["released_at"] == AT + 16 * MINUTE
    task = story.task
    assert (task["assignee_id"], task["in_pool"], task["team_id"]) == (None, True, story.organisation.north)
    assert task["previous_assignees"] == [story.person_id.hex()]
    assert "callback_released" in story.facts()


def test_a_break_that_began_late_is_given_its_ten_minutes(story: Story) -> None:
    story.until(AT + 10 * MINUTE)
    story.be(Presence.BREAK, PauseReason.REST)
    story.until(AT + 20 * MINUTE)
    assert story.callback["state"] == CallbackState.OPEN
    story.until(AT + 21 * MINUTE)
    assert story.callback["state"] == CallbackState.RELEASED


@pytest.mark.parametrize("state", [Presence.READY, Presence.BUSY, Presence.ON_CALL, Presence.WRAP_UP])
def test_an_owner_who_is_there_keeps_it_however_late_he_is(story: Story, state: Presence) -> None:
    story.be(state)
    story.until(AT + 2 * HOUR)
    assert story.callback["state"] == CallbackState.OPEN
    assert story.task["assignee_id"] == story.person_id


def test_who_leaves_later_loses_it_later(story: Story) -> None:
    story.be(Presence.BUSY)
    story.until(AT + HOUR)
    story.be(Presence.OFFLINE)
    story.until(AT + HOUR + 11 * MINUTE)
    assert story.callback["state"] == CallbackState.RELEASED


def test_who_never_said_anything_is_there_while_his_device_is_heard_of(story: Story) -> None:
    values = {
        "id": story.organisation.ids.new(),
        "person_id": story.person_id,
        "name": "",
        "token_hash": b"x",
        "issued_at": NOW,
        "last_contact_at": AT + 30 * MINUTE,
    }
    with story.database.write(NOW) as tx:
        tx.connection.execute(device.insert().values(values))
    story.until(AT + 40 * MINUTE)
    assert story.callback["state"] == CallbackState.OPEN
    story.until(AT + 41 * MINUTE)
    assert story.callback["state"] == CallbackState.RELEASED


def test_a_second_promise_replaces_the_first_and_is_the_one_that_is_released(story: Story) -> None:
    later = replace(story.promise, callback_id=story.organisation.ids.new(), callback_at=AT + HOUR)
    story.be(Presence.OFFLINE)
    story.do(later)
    story.until(AT + HOUR + 15 * MINUTE)
    assert story.callback["state"] == CallbackState.CANCELLED
    assert story.row("callback", later.callback_id)["state"] == CallbackState.OPEN
    story.until(AT + HOUR + 16 * MINUTE)
    assert story.row("callback", later.callback_id)["state"] == CallbackState.RELEASED


def test_the_company_decides_how_late_and_how_long(story: Story) -> None:
    minutes = {"late_minutes": 30, "absent_minutes": 0}
    story.write(Insert("setting", {"id": setting_id("callbacks"), "key": "callbacks", "value": minutes}))
    story.be(Presence.OFFLINE)
    story.until(AT + 30 * MINUTE)
    assert story.callback["state"] == CallbackState.OPEN
    story.until(AT + 31 * MINUTE)
    assert story.callback["state"] == CallbackState.RELEASED


def test_a_server_that_was_off_at_that_time_releases_it_once_when_it_is_back(story: Story) -> None:
    story.be(Presence.OFFLINE)
    story.clock.move(3 * HOUR)
    assert story.worker.run_due() == 1
    story.clock.move(HOUR)
    assert story.worker.run_due() == 0
    assert story.facts().count("callback_released") == 1
    with story.database.read() as connection:
        mine = select(audit.c.person_id, audit.c.status).where(audit.c.command == "release_callback@1")
        assert [tuple(row) for row in connection.execute(mine)] == [(None, "accepted")]


def test_other_commands_put_in_no_job(story: Story) -> None:
    story.be(Presence.OFFLINE)
    story.until(AT + 20 * MINUTE)
    story.do(AddNote(story.organisation.ids.new(), story.promise.customer_id, "记一笔", NOW))
    story.clock.move(HOUR)
    assert story.worker.run_due() == 0
