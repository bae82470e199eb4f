"""A batch of tasks shared out among agents, greedily and at the least cost by OR-Tools, for the bench of plans."""

import time
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from server_sync.automation import optimum
from server_sync.automation.assignment import LOAD, Agent, Answer, Assigned, Assigner, Work
from server_sync.automation.optimum import Optimiser

ROUNDS = 5
REGIONS = ("华东", "华南", "华北", "西南")
LANGUAGES = ("zh", "zh", "zh", "zh", "zh", "zh", "zh", "zh", "yue", "en")
PRODUCTS = ("家具", "家电", "教育")
WISHES: tuple[tuple[str, ...], ...] = ((), (), (), (), (), (), (), (), ("experience:3",), ("refusal",))


def measure(tasks: int = 5_000, agents: int = 200) -> dict[str, Any]:
    """CPU milliseconds (the best of a few rounds) of the greedy way and of the flow on the same input, how many tasks
    found somebody, and the greedy way's share of the optimum: the flow's cost over its own, tasks that nobody gets
    included at the dearest task's cost. Without the extra "optimise" the greedy way alone."""
    works = [_work(number) for number in range(tasks)]
    greedy_ms, greedy = _best(lambda: Assigner(_agents(agents)).assign(works))
    found: dict[str, Any] = {
        "assignment_tasks": tasks,
        "assignment_agents": agents,
        "assignment_greedy_ms": greedy_ms,
        "assignment_greedy_assigned": _assigned(greedy),
    }
    if not optimum.installed():
        return found
    Optimiser(_agents(agents)).assign(works)  # the import of OR-Tools is no part of a batch
    best_ms, best = _best(lambda: Optimiser(_agents(agents)).assign(works))
    dearest = LOAD * max(_loads(_agents(agents), best).values())
    cost, least = (_cost(_agents(agents), works, answers, dearest) for answers in (greedy, best))
    return found | {
        "assignment_optimum_ms": best_ms,
        "assignment_optimum_assigned": _assigned(best),
        "assignment_of_optimum": round(least / cost, 4),
    }


def _best(assign: Callable[[], Sequence[Answer]]) -> tuple[float, Sequence[Answer]]:
    took: list[float] = []
    for _ in range(ROUNDS):
        began = time.process_time()
        answers = assign()
        took.append(time.process_time() - began)
    return round(min(took) * 1000, 1), answers


def _assigned(answers: Sequence[Answer]) -> int:
    return sum(isinstance(answer, Assigned) for answer in answers)


def _loads(agents: Sequence[Agent], answers: Sequence[Answer]) -> dict[bytes, int]:
    loads = {agent.id: agent.load for agent in agents}
    for answer in answers:
        if isinstance(answer, Assigned):
            loads[answer.person_id] += 1
    return loads


def _cost(agents: Sequence[Agent], works: Sequence[Work], answers: Sequence[Answer], undone: int) -> int:
    """As `automation.assignment` says it."""
    by_id = {agent.id: agent for agent in agents}
    loads = {agent.id: agent.load for agent in agents}
    total = 0
    for work, answer in zip(works, answers, strict=True):
        if isinstance(answer, Assigned):
            total += LOAD * loads[answer.person_id] + by_id[answer.person_id].misfit(work)
            loads[answer.person_id] += 1
        else:
            total += undone
    return total


def _drawn(number: int, salt: int, most: int) -> int:
    """A number from 0 to below `most` that depends on nothing but its arguments."""
    return zlib.crc32(f"{number}:{salt}".encode()) % most


def _agents(count: int) -> list[Agent]:
    return [_agent(number) for number in range(count)]


def _agent(number: int) -> Agent:
    first = _drawn(number, 1, len(REGIONS))
    skills = {
        "regions": [REGIONS[first], REGIONS[(first + _drawn(number, 2, 2)) % len(REGIONS)]],
        "languages": ["zh", *(["yue"] if number % 5 == 0 else []), *(["en"] if number % 10 == 3 else [])],
        "product_lines": PRODUCTS[: 1 + _drawn(number, 3, 3)] if number % 2 else PRODUCTS[::-1][:2],
        "trained": ["refusal"] if number % 7 == 0 else [],
        "experience": 1 + _drawn(number, 4, 5),
    }
    return Agent(number.to_bytes(16), f"p{number:04}", b"team", skills, _drawn(number, 5, 10), 40)


def _work(number: int) -> Work:
    return Work(
        code=f"K{number:06}",
        team_id=b"team",
        owner_id=None,
        region=REGIONS[_drawn(number, 6, len(REGIONS))],
        language=LANGUAGES[_drawn(number, 7, len(LANGUAGES))],
        product_line=PRODUCTS[_drawn(number, 8, len(PRODUCTS))],
        priority=_drawn(number, 9, 101),
        skills=WISHES[_drawn(number, 10, len(WISHES))],
    )
