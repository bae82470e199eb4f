"""Who gets a task (M3.1): who can do it and is there, then the least cost, within what a day holds; writes no row.

The cost of giving a task to somebody is LOAD for every open task he has already, and a little for experience that
the task does not need (`misfit`). Both ways of choosing keep to it: the greedy one here, and `optimum` for batches.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from server_sync.domain.rules import skills
from server_sync.domain.rules.plans.definition import To

LOAD = 10
"""What an open task costs whom a next one is given to. More than any misfit: loads differ by one at most among those
who fit alike."""


class Way(StrEnum):
    """How a batch is shared out."""

    GREEDY = "greedy"
    OPTIMUM = "optimum"


class Unassigned(StrEnum):
    """Why nobody gets a task."""

    NO_TEAM = "no_team"
    """The customer belongs to no team."""
    NOBODY_FITS = "nobody_fits"
    """Nobody that it may go to has the region and the skills."""
    NOBODY_THERE = "nobody_there"
    """Those who fit do not work on its day."""
    ALL_FULL = "all_full"
    """Those who fit and are there have a full day."""


@dataclass(frozen=True)
class Holder:
    """Who holds the customer by a lease out of the pool, which ends at `leased_until` (ms)."""

    person_id: bytes
    leased_until: int


@dataclass(frozen=True)
class Work:
    """A task as far as its assignment goes. `code`: the customer's, which orders equals; `day` (days since the epoch)
    is the one on which it becomes available, `due_day` the one on which it is due; `immediate`: due so soon that
    whoever gets it has to be there."""

    code: str
    team_id: bytes | None
    owner_id: bytes | None
    region: str | None
    language: str | None
    product_line: str | None
    priority: int
    skills: tuple[str, ...] = ()
    to: To = To.BALANCED
    person: str | None = None
    """The login of To.PERSON."""
    holder: Holder | None = None
    day: int | None = None
    due_day: int | None = None
    immediate: bool = False


@dataclass
class Agent:
    """An active person. `load`: his open tasks; `room`: how many more his day holds; `leads`: a supervisor, who gets
    only what is his; `away_on`: days on which he does not work; `leave_on`: of these, days of leave; `there`: signed in
    now."""

    id: bytes
    login: str
    team_id: bytes | None
    skills: Mapping[str, Any]
    load: int
    room: int
    leads: bool = False
    away_on: frozenset[int] = frozenset()
    leave_on: frozenset[int] = frozenset()
    there: bool = True

    def fits(self, work: Work) -> bool:
        """Whether none of his skills rules the work out."""
        return skills.missing(self.skills, work) is None

    def works_for(self, work: Work) -> bool:
        """Whether he works on its day, and is not on leave when it is due."""
        return work.day not in self.away_on and work.due_day not in self.leave_on

    def misfit(self, work: Work) -> int:
        """What his experience costs, below LOAD: nothing where it is just what the task asks for."""
        return 2 * (skills.experience(self.skills) - skills.least_experience(work.skills))


@dataclass(frozen=True)
class Assigned:
    """Whose it is, and why as values for the reason "assigned".

    region, skills that were asked for and are his, load before this task; "owner", "holder" or "named" where that
    decided, "experience" where some was asked for; "others": of his team's agents how many fit as well and none of
    them better ("more_load"), had a full day ("full"), do not work then ("away"), are not signed in ("offline") or
    lack a skill (its key in `person.skills`).
    """

    person_id: bytes
    team_id: bytes | None
    because: Mapping[str, Any]
    leased_until: int | None = None

    def values(self) -> dict[str, Any]:
        """The columns of the task."""
        return {
            "assignee_id": self.person_id,
            "team_id": self.team_id,
            "assigned_because": self.because,
            "leased_until": self.leased_until,
        }


@dataclass(frozen=True)
class Pooled:
    """It lies in the team's pool."""

    def values(self) -> dict[str, Any]:
        """The columns of the task."""
        return {"in_pool": True}


Answer = Assigned | Pooled | Unassigned


@dataclass
class Assigner:
    """Assigns within one run: loads grow with every task. The same agents and work give the same result."""

    agents: Sequence[Agent]
    given: Counter[str] = field(default_factory=Counter)
    """Tasks by login, of this run."""
    way: Way = Way.GREEDY
    """OPTIMUM once a batch was shared out at the least cost."""

    def assign(self, works: Sequence[Work]) -> list[Answer]:
        """One answer for each work, in the order given.

        Who holds the customer by a lease gets the next one too; then owners get their customers. Then the work that the
        fewest can do, so that a rare skill is not used up on what everybody can do; then the higher priority; then by
        the customer's code.
        """
        answers: list[Answer] = [Unassigned.NO_TEAM] * len(works)
        rest = self._named(works, answers)
        self.share_out(works, self.shares(works, rest), answers)
        return answers

    def shares(self, works: Sequence[Work], places: Sequence[int]) -> "list[Share]":
        """The works at some places by kind, each with who may get it: those that the fewest can do first."""
        teams = self._by_team()
        kinds: dict[tuple[Any, ...], Share] = {}
        for place in sorted(places, key=lambda place: _rank(works[place])):
            work = works[place]
            if work.team_id is None:
                continue
            kind = _kind(work)
            if kind not in kinds:
                kinds[kind] = Share.of(work, teams[work.team_id])
            kinds[kind].places.append(place)
        return sorted(kinds.values(), key=lambda share: len(share.agents))

    def share_out(self, works: Sequence[Work], shares: "Sequence[Share]", answers: list[Answer]) -> None:
        """The greedy way: each work to whom it costs least as loads stand by then; of equals the first by login."""
        queues = [_Queue(share, works[share.places[0]]) for share in shares]
        turns = sorted(
            (len(share.agents), _rank(works[place]), place, number)
            for number, share in enumerate(shares)
            for place in share.places
        )
        for _, _, place, number in turns:
            agent, share = queues[number].cheapest(), shares[number]
            if agent is None:
                answers[place] = share.nobody()
            else:
                answers[place] = self.give(agent, works[place], share.others(agent))

    def give(self, agent: Agent, work: Work, why: Mapping[str, Any]) -> Assigned:
        """Count a task for an agent, and say why it is his."""
        wanted = {
            kind: getattr(work, name) for kind, name in skills.ABOUT_CUSTOMER.items() if kind != "regions"
        }
        his = [value for kind, value in wanted.items() if value in agent.skills.get(kind, ())]
        because: dict[str, Any] = {"region": work.region, "skills": his, "load": agent.load, **why}
        if work.skills and agent.fits(work):
            trained = agent.skills.get(skills.TRAINED, ())
            because["skills"] = his + [name for name in work.skills if name in trained]
            if skills.least_experience(work.skills) > skills.BASIC:
                because["experience"] = skills.experience(agent.skills)
        agent.load += 1
        agent.room -= 1
        self.given[agent.login] += 1
        leased_until = work.holder.leased_until if work.holder is not None and "holder" in why else None
        return Assigned(agent.id, agent.team_id, because, leased_until)

    def _named(self, works: Sequence[Work], answers: list[Answer]) -> list[int]:
        """Settle what is somebody's already or meant for somebody; returns the places of the rest."""
        by_id = {agent.id: agent for agent in self.agents}
        by_login = {agent.login: agent for agent in self.agents}
        leads = self._by_team(leads=True)
        rest: list[int] = []
        for place in sorted(range(len(works)), key=lambda place: _rank(works[place])):
            work = works[place]
            holder = by_id.get(work.holder.person_id) if work.holder is not None else None
            owner = by_id.get(work.owner_id or b"")
            if holder is not None:
                answers[place] = self.give(holder, work, {"holder": True})
            elif work.to is To.POOL:
                answers[place] = Unassigned.NO_TEAM if work.team_id is None else Pooled()
            elif work.to is To.PERSON:
                named = by_login.get(work.person or "")
                answers[place] = self._only([] if named is None else [named], work, {"named": True})
            elif work.to is To.LEAD:
                answers[place] = self._only(leads[work.team_id or b""], work, {"lead": True})
            elif owner is not None and owner.room > 0 and owner.works_for(work):
                answers[place] = self.give(owner, work, {"owner": True})
            elif work.to is To.OWNER:
                answers[place] = self._only([] if owner is None else [owner], work, {"owner": True})
            else:
                rest.append(place)
        return rest

    def _only(self, agents: Iterable[Agent], work: Work, why: Mapping[str, Any]) -> Answer:
        """To the least loaded of a few, whatever their skills: they were chosen by name or by role."""
        agents = list(agents)
        there = [agent for agent in agents if agent.works_for(work)]
        free = [agent for agent in there if agent.room > 0]
        if not free:
            return _nobody(agents, there)
        return self.give(min(free, key=lambda agent: (agent.load, agent.login)), work, why)

    def _by_team(self, *, leads: bool = False) -> Mapping[bytes, list[Agent]]:
        teams: dict[bytes, list[Agent]] = defaultdict(list)
        for agent in self.agents:
            if agent.team_id is not None and agent.leads is leads:
                teams[agent.team_id].append(agent)
        return teams


@dataclass
class Share:
    """Works of one kind, by their places, and the agents that may get them; `why_not`: how many others, by why."""

    agents: list[Agent]
    places: list[int]
    why_not: Counter[str]

    @classmethod
    def of(cls, work: Work, team: Sequence[Agent]) -> "Share":
        """Without places yet. Nobody has to be signed in for what is not immediate, nor where nobody is."""
        lacks: Counter[str] = Counter()
        fitting: list[Agent] = []
        for agent in team:
            lack = skills.missing(agent.skills, work)
            if lack is not None:
                lacks[lack] += 1
            elif not agent.works_for(work):
                lacks["away"] += 1
            else:
                fitting.append(agent)
        there = [agent for agent in fitting if agent.there]
        if work.immediate and there:
            lacks["offline"] += len(fitting) - len(there)
            fitting = there
        return cls(fitting, [], +lacks)

    def others(self, agent: Agent) -> dict[str, Any]:
        """Why not the others, as they stand when this one is chosen."""
        full = sum(other.room <= 0 for other in self.agents)
        found = {**self.why_not, "full": full, "more_load": len(self.agents) - full - (agent.room > 0)}
        told = {kind: count for kind, count in sorted(found.items()) if count}
        return {"others": told} if told else {}

    def nobody(self) -> Unassigned:
        """Why none of them can get one."""
        if self.agents:
            return Unassigned.ALL_FULL
        return Unassigned.NOBODY_THERE if self.why_not["away"] else Unassigned.NOBODY_FITS


def _nobody(agents: Sequence[Agent], there: Sequence[Agent]) -> Unassigned:
    if there:
        return Unassigned.ALL_FULL
    return Unassigned.NOBODY_THERE if agents else Unassigned.NOBODY_FITS


def _rank(work: Work) -> tuple[int, str]:
    return -work.priority, work.code


def _kind(work: Work) -> tuple[Any, ...]:
    """What decides who may get it."""
    about = (work.region, work.language, work.product_line)
    return work.team_id, *about, work.skills, work.day, work.due_day, work.immediate


class _Queue:
    """The agents who may get one kind of work. Loads grow elsewhere too: what the heap says is checked when it is
    used."""

    def __init__(self, share: Share, work: Work) -> None:
        self._misfits = {agent.id: agent.misfit(work) for agent in share.agents}
        self._heap = [(self._cost(agent), agent.login, agent) for agent in share.agents]
        heapq.heapify(self._heap)

    def cheapest(self) -> Agent | None:
        """The agent with room and the least cost; of equals the first by login. None when nobody has room."""
        while self._heap:
            cost, login, agent = self._heap[0]
            if agent.room <= 0:
                heapq.heappop(self._heap)
            elif cost != self._cost(agent):
                heapq.heapreplace(self._heap, (self._cost(agent), login, agent))
            else:
                return agent
        return None

    def _cost(self, agent: Agent) -> int:
        return LOAD * agent.load + self._misfits[agent.id]
