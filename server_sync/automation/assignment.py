"""Who gets a task (M3.1): region and skills first, then the least loaded, within what a day holds; writes no row."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SKILLS = {"regions": "region", "languages": "language", "product_lines": "product_line"}
"""Key of `person.skills` → what it is held against; an empty or missing list fits all, and so does an unknown value."""


class Unassigned(StrEnum):
    """Why nobody gets a task."""

    NO_TEAM = "no_team"
    """The customer belongs to no team."""
    NOBODY_FITS = "nobody_fits"
    """The team has no agent with the region and the skills."""
    ALL_FULL = "all_full"
    """Those who fit have a full day."""


@dataclass(frozen=True)
class Work:
    """A task as far as its assignment goes. `code`: the customer's, which orders equals."""

    code: str
    team_id: bytes | None
    owner_id: bytes | None
    region: str | None
    language: str | None
    product_line: str | None
    priority: int


@dataclass
class Agent:
    """An active agent. `load`: his open tasks; `room`: how many more his day holds."""

    id: bytes
    login: str
    team_id: bytes | None
    skills: Mapping[str, Sequence[str]]
    load: int
    room: int

    def fits(self, work: Work) -> bool:
        """Whether none of his skills rules the work out."""
        return all(
            not self.skills.get(kind)
            or getattr(work, name) is None
            or getattr(work, name) in self.skills[kind]
            for kind, name in SKILLS.items()
        )


@dataclass(frozen=True)
class Assigned:
    """Whose it is, and why as values for the reason "assigned": region, skills that were asked for and are his, load
    before this task, and whether he owns the customer."""

    person_id: bytes
    team_id: bytes | None
    because: Mapping[str, Any]


@dataclass
class Assigner:
    """Assigns within one run: loads grow with every task. The same agents and work give the same result."""

    agents: Sequence[Agent]
    given: Counter[str] = field(default_factory=Counter)
    """Tasks by login, of this run."""

    def assign(self, works: Sequence[Work]) -> list[Assigned | Unassigned]:
        """One answer for each work, in the order given.

        Owners get their customers first. Then the work that the fewest can do, so that a rare skill is not used up on
        what everybody can do; then the higher priority; then by the customer's code.
        """
        answers: list[Assigned | Unassigned] = [Unassigned.NO_TEAM] * len(works)
        by_id = {agent.id: agent for agent in self.agents}
        for place in sorted(range(len(works)), key=lambda place: self._rank(works[place])):
            owner = by_id.get(works[place].owner_id or b"")
            if owner is not None and owner.room > 0:
                answers[place] = self._give(owner, works[place])
        teams = self._by_team()
        queues: dict[tuple[Any, ...], _Queue] = {}
        rest: list[tuple[int, tuple[Any, ...], int, _Queue]] = []
        for place, work in enumerate(works):
            if not isinstance(answers[place], Assigned) and work.team_id is not None:
                kind = (work.team_id, work.region, work.language, work.product_line)
                if kind not in queues:
                    queues[kind] = _Queue(agent for agent in teams[work.team_id] if agent.fits(work))
                rest.append((queues[kind].size, self._rank(work), place, queues[kind]))
        for size, _, place, queue in sorted(rest, key=lambda entry: entry[:3]):
            agent = queue.least_loaded()
            if agent is not None:
                answers[place] = self._give(agent, works[place])
            else:
                answers[place] = Unassigned.ALL_FULL if size else Unassigned.NOBODY_FITS
        return answers

    def _by_team(self) -> Mapping[bytes, list[Agent]]:
        teams: dict[bytes, list[Agent]] = defaultdict(list)
        for agent in self.agents:
            if agent.team_id is not None:
                teams[agent.team_id].append(agent)
        return teams

    @staticmethod
    def _rank(work: Work) -> tuple[Any, ...]:
        return -work.priority, work.code

    def _give(self, agent: Agent, work: Work) -> Assigned:
        wanted = {kind: getattr(work, name) for kind, name in SKILLS.items() if kind != "regions"}
        skills = [value for kind, value in wanted.items() if value in agent.skills.get(kind, ())]
        because: dict[str, Any] = {"region": work.region, "skills": skills, "load": agent.load}
        if agent.id == work.owner_id:
            because["owner"] = True
        agent.load += 1
        agent.room -= 1
        self.given[agent.login] += 1
        return Assigned(agent.id, agent.team_id, because)


class _Queue:
    """The agents who fit one kind of work. Loads grow elsewhere too: what the heap says is checked when it is used."""

    def __init__(self, agents: Iterable[Agent]) -> None:
        self._heap = [(agent.load, agent.login, agent) for agent in agents]
        self.size = len(self._heap)
        heapq.heapify(self._heap)

    def least_loaded(self) -> Agent | None:
        """The agent with room and the least load; of equals the first by login. None when nobody has room."""
        while self._heap:
            load, login, agent = self._heap[0]
            if agent.room <= 0:
                heapq.heappop(self._heap)
            elif load != agent.load:
                heapq.heapreplace(self._heap, (agent.load, login, agent))
            else:
                return agent
        return None
