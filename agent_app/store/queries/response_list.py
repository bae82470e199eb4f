"""Which responses of a form are listed, and in which order: their ids at once; what is in them is `responses`'."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Select,
    Text,
    cast,
    exists,
    func,
    or_,
    select,
    type_coerce,
)

from agent_app.store.search_terms import LONGEST, folded
from agent_app.store.tables import customer_term, response_words
from server_sync.domain.model import customer, form_version, person, plan, response, task


@dataclass(frozen=True)
class Scores:
    """Responses whose score (`csat` or `nps`) is from `least` to `most`."""

    name: str
    least: int
    most: int


@dataclass(frozen=True)
class ResponseFilter:
    """Which responses of a form; None and "" mean all. Times in ms, `until_at` itself is outside; `flag` "any" are
    those with any flag; `text` stands in an answer, or the customer is found by it. What a correction replaced is never
    among them."""

    form_id: bytes
    version_id: bytes | None = None
    since_at: int | None = None
    until_at: int | None = None
    team_id: bytes | None = None
    person_id: bytes | None = None
    complete: bool | None = None
    scores: Scores | None = None
    flag: str = ""
    text: str = ""


class By(StrEnum):
    """What a list is in the order of, besides an answer."""

    RECORDED = "recorded"
    CUSTOMER = "customer"
    PERSON = "person"
    PLAN = "plan"
    CSAT = "csat"
    NPS = "nps"


@dataclass(frozen=True)
class Answer:
    """The order of the answers at a path, as numbers if they are."""

    path: str
    numeric: bool = False


@dataclass(frozen=True)
class Order:
    """In which order responses are listed; those without the value come last either way."""

    by: By | Answer = By.RECORDED
    descending: bool = True


NEWEST_FIRST = Order()
_COLUMNS: dict[By, ColumnElement[Any]] = {
    By.RECORDED: response.c.recorded_at,
    By.CUSTOMER: customer.c.name,
    By.PERSON: person.c.name,
    By.PLAN: plan.c.name,
    By.CSAT: response.c.csat,
    By.NPS: response.c.nps,
}


def load(connection: Connection, wanted: ResponseFilter, order: Order = NEWEST_FIRST) -> tuple[bytes, ...]:
    """Ids in their order; of those alike the newest first."""
    found = _filtered(select(response.c.id), wanted)
    if order.by is By.CUSTOMER:
        found = found.join(customer, customer.c.id == response.c.customer_id)
    elif order.by is By.PERSON:
        found = found.outerjoin(person, person.c.id == response.c.person_id)
    elif order.by is By.PLAN:
        found = found.outerjoin(task, task.c.id == response.c.task_id)
        found = found.outerjoin(plan, plan.c.id == task.c.plan_id)
    value = _answer(order.by) if isinstance(order.by, Answer) else _COLUMNS[order.by]
    first = (value.desc() if order.descending else value.asc()).nulls_last()
    found = found.order_by(first, response.c.recorded_at.desc(), response.c.id.desc())
    return tuple(connection.execute(found).scalars())


def _answer(by: Answer) -> ColumnElement[Any]:
    """What stands at the path in the JSON of the answers; an empty answer is none."""
    text = func.nullif(func.json_extract(type_coerce(response.c.answers, Text), f'$."{by.path}"'), "")
    return cast(text, Float) if by.numeric else text


def _filtered(found: Select[Any], wanted: ResponseFilter) -> Select[Any]:
    versions_of = select(form_version.c.id).where(form_version.c.form_id == wanted.form_id)
    version = response.c.form_version_id
    conditions: list[ColumnElement[bool]] = [
        response.c.replaced_by_id.is_(None),
        version.in_(versions_of) if wanted.version_id is None else version == wanted.version_id,
    ]
    if wanted.since_at is not None:
        conditions.append(response.c.recorded_at >= wanted.since_at)
    if wanted.until_at is not None:
        conditions.append(response.c.recorded_at < wanted.until_at)
    if wanted.person_id is not None:
        conditions.append(response.c.person_id == wanted.person_id)
    if wanted.team_id is not None:
        conditions.append(
            response.c.person_id.in_(select(person.c.id).where(person.c.team_id == wanted.team_id))
        )
    if wanted.complete is not None:
        conditions.append(response.c.complete.is_(wanted.complete))
    if wanted.scores is not None:
        score = response.c[wanted.scores.name]
        conditions.append(score.between(wanted.scores.least, wanted.scores.most))
    flags = type_coerce(response.c.flags, Text)
    if wanted.flag == "any":
        conditions.append(flags != "[]")
    elif wanted.flag:
        conditions.append(flags.contains(f'"{wanted.flag}"', autoescape=True))
    if wanted.text.strip():
        conditions.append(_telling(wanted.text.strip()))
    return found.where(*conditions)


def _telling(text: str) -> ColumnElement[bool]:
    """What was answered has the text in it, or the customer is found by it as everywhere."""
    asked = folded(text)[:LONGEST]
    found = select(customer_term.c.customer_id).where(
        customer_term.c.term >= asked, customer_term.c.term < asked + "\U0010ffff"
    )
    words = response_words.c
    return exists().where(
        words.response_id == response.c.id,
        or_(func.instr(words.words, func.lower(text)) > 0, words.customer_id.in_(found)),
    )
