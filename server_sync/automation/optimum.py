"""The least total cost of sharing a batch out, as a flow of OR-Tools; without that extra `assignment` is greedy.

A task that nobody gets costs UNDONE. Everything else is `assignment`'s cost: LOAD for every open task before it, and
the misfit. The result is one of the cheapest, the same every time for the same input.
"""

import importlib.util
from collections.abc import Sequence
from typing import Any

from server_sync.automation.assignment import LOAD, Agent, Answer, Assigner, Share, Way, Work

UNDONE = 1_000_000
SMALLEST = 100
"""Works of a batch below which the greedy way does as well."""


def installed() -> bool:
    """Whether the extra "optimise" is there."""
    return importlib.util.find_spec("ortools") is not None


class Optimiser(Assigner):
    """An assigner that shares a batch out at the least cost. Needs the extra "optimise"."""

    def share_out(self, works: Sequence[Work], shares: Sequence[Share], answers: list[Answer]) -> None:
        """A batch at the least cost; a small one greedily."""
        if sum(len(share.places) for share in shares) < SMALLEST:
            super().share_out(works, shares, answers)
            return
        self.way = Way.OPTIMUM
        self.flow_out(works, shares, answers)

    def flow_out(self, works: Sequence[Work], shares: Sequence[Share], answers: list[Answer]) -> None:
        """The works of each kind, the more important first, to those that the flow gives of it."""
        for share, gets in zip(shares, self._flow(works, shares), strict=True):
            places = iter(share.places)
            turns = sorted(
                (agent.load + turn, agent.login, agent) for agent, count in gets for turn in range(count)
            )
            for (_, _, agent), place in zip(turns, places, strict=False):
                answers[place] = self.give(agent, works[place], share.others(agent))
            for place in places:
                answers[place] = share.nobody()

    def _flow(self, works: Sequence[Work], shares: Sequence[Share]) -> list[list[tuple[Agent, int]]]:
        """How many of each kind each agent gets."""
        agents = list(
            {agent.id: agent for share in shares for agent in share.agents if agent.room > 0}.values()
        )
        total = sum(len(share.places) for share in shares)
        deepest = 2 * (total // max(len(agents), 1) + 1)
        while True:
            flow = _Flow(works, shares, agents, min(deepest, total))
            gets = flow.solve()
            if deepest >= total or flow.most() < deepest:
                return gets
            deepest *= 4


class _Flow:
    """source → kind → agent → sink, an agent's next task LOAD dearer than the one before; `deepest`: how many an agent
    may get at most."""

    def __init__(
        self, works: Sequence[Work], shares: Sequence[Share], agents: Sequence[Agent], deepest: int
    ) -> None:
        # 30 MB that only servers with the extra have, and 0.2 s: when the first batch is shared out.
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

        self._flow: Any = SimpleMinCostFlow()
        self._shares = shares
        self._agents = {agent.id: agent for agent in agents}
        self._arcs: list[tuple[int, Agent, int]] = []
        nodes = {agent.id: 1 + len(shares) + number for number, agent in enumerate(agents)}
        sink = 1 + len(shares) + len(agents)
        for number, share in enumerate(shares):
            count = len(share.places)
            self._flow.set_node_supply(1 + number, count)
            self._flow.add_arc_with_capacity_and_unit_cost(1 + number, sink, count, UNDONE)
            for agent in share.agents:
                if agent.id in nodes:
                    cost = agent.misfit(works[share.places[0]])
                    arc = self._flow.add_arc_with_capacity_and_unit_cost(
                        1 + number, nodes[agent.id], count, cost
                    )
                    self._arcs.append((number, agent, arc))
        for agent in agents:
            for turn in range(min(agent.room, deepest)):
                self._flow.add_arc_with_capacity_and_unit_cost(
                    nodes[agent.id], sink, 1, LOAD * (agent.load + turn)
                )
        self._flow.set_node_supply(sink, -sum(len(share.places) for share in shares))

    def solve(self) -> list[list[tuple[Agent, int]]]:
        """By kind who gets how many. Raises RuntimeError when there is no flow, which cannot be."""
        status = self._flow.solve()
        if status != self._flow.OPTIMAL:
            raise RuntimeError(f"no flow: {status}")
        gets: list[list[tuple[Agent, int]]] = [[] for _ in self._shares]
        for number, agent, arc in self._arcs:
            count = self._flow.flow(arc)
            if count:
                gets[number].append((agent, count))
        return gets

    def most(self) -> int:
        """How many the one with the most gets."""
        by_agent: dict[bytes, int] = dict.fromkeys(self._agents, 0)
        for _, agent, arc in self._arcs:
            by_agent[agent.id] += self._flow.flow(arc)
        return max(by_agent.values(), default=0)
