"""The demo's company: its settings, two teams, the people and their sign-in; plans come from the samples."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from server_sync.accounts import passwords, people
from server_sync.automation.definitions import take_in
from server_sync.automation.escalation_command import LADDERS
from server_sync.automation.plan_files import PLANS
from server_sync.automation.segment_command import SEGMENTS
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.ids import Ids
from server_sync.domain.model import Presence, Role
from server_sync.domain.rules.settings import setting_id
from server_sync.jobs import ladders
from server_sync.store import changes
from server_sync.store.tables import account
from server_sync.store.transaction import Transaction

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"
TIMEZONE = "Asia/Shanghai"
PASSWORD = "huifang-demo"
ADMINISTRATOR = "admin"
# The demo works every day, so that there is something to do whenever somebody looks.
SHIFTS = [["08:30", "20:30"]]
SETTINGS = {
    "company": {"name": "示例公司", "timezone": TIMEZONE},
    "working_week": dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), SHIFTS),
}
TEAMS = ("华东", "华南")
AGENTS_A_TEAM = 4
_STATES = (
    (Presence.READY, None),
    (Presence.ON_CALL, None),
    (Presence.WRAP_UP, None),
    (Presence.BREAK, "meal"),
)


@dataclass(frozen=True)
class Company:
    """`teams` in the order of TEAMS, `agents` by team."""

    teams: tuple[bytes, ...]
    agents: tuple[tuple[Actor, ...], ...]

    def actor(self, person_id: bytes) -> Actor:
        """The agent of an id."""
        return next(actor for team in self.agents for actor in team if actor.person_id == person_id)

    @property
    def first_agent(self) -> Actor:
        """The agent whom the demo shows."""
        return self.agents[0][0]


def found(tx: Transaction, ids: Ids) -> Company:
    """Write settings, teams and people; everybody signs in with PASSWORD."""
    rows = [
        Insert("setting", {"id": setting_id(key), "key": key, "value": value})
        for key, value in SETTINGS.items()
    ]
    teams = tuple(ids.new() for _ in TEAMS)
    rows += [
        Insert("team", {"id": team, "name": f"{region}组", "region": region})
        for team, region in zip(teams, TEAMS, strict=True)
    ]
    kept = passwords.hash_password(PASSWORD)
    agents: list[tuple[Actor, ...]] = []
    accounts: list[bytes] = []
    for number, team in enumerate(teams):
        members = []
        for place in range(AGENTS_A_TEAM):
            serial = number * AGENTS_A_TEAM + place + 1
            languages = ["zh", "en"] if place == AGENTS_A_TEAM - 1 else ["zh"]
            skills = {"languages": languages, "product_lines": [], "regions": [TEAMS[number]]}
            actor = Actor(ids.new(), Role.AGENT, team)
            rows.append(_person(actor, f"agent{serial:02}", f"坐席 {serial:02}", skills))
            members.append(actor)
        lead = Actor(ids.new(), Role.SUPERVISOR, team)
        rows.append(_person(lead, f"lead{number + 1:02}", f"主管 {number + 1:02}", {}))
        agents.append(tuple(members))
        accounts += [actor.person_id for actor in (*members, lead) if actor.person_id is not None]
    changes.write(tx, rows)
    tx.connection.execute(
        insert(account),
        [{"person_id": person_id, "password_hash": kept, "changed_at": tx.now} for person_id in accounts],
    )
    if people.find(tx.connection, ADMINISTRATOR) is None:
        first = people.NewPerson(ADMINISTRATOR, "管理员", Role.ADMINISTRATOR, team=None)
        people.add(tx, ids, first, kept)
    else:  # `init` has made one, whose password nobody knows here
        people.set_password(tx, ADMINISTRATOR, kept)
    return Company(teams, tuple(agents))


def add_ladders(tx: Transaction, ids: Ids) -> None:
    """Add the sample ladders; of what is past on old tasks the last step comes as soon as the server runs."""
    take_in(tx, ids, LADDERS, [SAMPLES / "escalation" / "ladders.json"])
    ladders.calendar_changed(tx)


def add_segments(tx: Transaction, ids: Ids) -> None:
    """Add the sample segments; who is in them is worked out by whoever calls this."""
    take_in(tx, ids, SEGMENTS, [SAMPLES / "segments" / "segments.json"])


def add_plan(tx: Transaction, ids: Ids, name: str) -> None:
    """Add one of the sample plans by the name of its file."""
    take_in(tx, ids, PLANS, [SAMPLES / "plans" / f"{name}.json"])


def set_presences(tx: Transaction, company: Company) -> None:
    """What the colleagues of the first agent are doing; he says it himself when he signs in."""
    changes.write(
        tx,
        [
            Insert(
                "presence",
                {
                    "id": actor.person_id,
                    "team_id": actor.team_id,
                    "state": state,
                    "pause_reason": reason,
                    "since_at": tx.now - (4 + 3 * place) * 60_000,
                },
            )
            for team in company.agents
            for place, actor in enumerate(team)
            if actor != company.first_agent
            for state, reason in [_STATES[place]]
        ],
    )


def _person(actor: Actor, login: str, name: str, skills: dict[str, list[str]]) -> Insert:
    values = {"id": actor.person_id, "login": login, "name": name, "role": actor.role, "active": True}
    return Insert("person", {**values, "team_id": actor.team_id, "skills": skills})
