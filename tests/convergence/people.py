"""What people do at their desks, by the real actions: each chooses among what the desk shows at that moment."""

from collections.abc import Callable, Sequence
from functools import partial

from agent_app.actions import calls, commitments, conflicts, customers, drafts, tasks
from agent_app.actions.desk import Desk, record
from agent_app.store import outbox
from agent_app.store.changes import StoreChanges
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import AddNote, Command, CorrectAnswers, StartAttempt
from server_sync.domain.forms.promises import Promised
from tests.convergence.crude import Explode, Stop, Unknown
from tests.convergence.desk_site import DeskSite
from tests.convergence.schedule import Event

_DISPOSITIONS = ("1.1o", "2.11", "2.36", "3.11", "4.32", "2.33", "2.34", "2.20", "4.10")
_FIELDS = ("note", "city", "name", "title", "mood", "language")
_OPEN = "state IN ('open', 'accepted')"

Doing = Callable[[DeskSite, Event], str]


def _pick(site: DeskSite, event: Event, sql: str, *values: object) -> tuple[bytes, ...] | None:
    """One of the rows that the desk shows, None when there is none."""
    rows = site.memory.rows(sql, values)
    return rows[int(event.pick * len(rows))] if rows else None


def _me(site: DeskSite) -> bytes:
    return site.actor().person_id or b""


def note(site: DeskSite, event: Event) -> str:
    found = _pick(site, event, "SELECT id FROM customer ORDER BY id")
    if not found:
        return "nobody there"
    text = f"记 {event.at}-{event.more:.4f}"
    return site.act(lambda desk: customers.add_note(desk, found[0], text))


def start_call(site: DeskSite, event: Event) -> str:
    found = _pick(site, event, f"SELECT id, customer_id FROM task WHERE {_OPEN} ORDER BY id")
    if not found:
        return "no task"
    task, customer = found
    point = _pick(site, event, "SELECT id FROM contact_point WHERE customer_id = ? ORDER BY id", customer)
    attempt = site.ids.new()

    def start(desk: Desk) -> StoreChanges:
        # Whether it may be dialled is asked elsewhere; a call that was made is a fact.
        now = desk.clock.now()
        number = point[0] if point else None
        return record(desk, [StartAttempt(attempt, task, customer, number, "phone", now)], "call")

    return site.act(start)


def finish_call(site: DeskSite, event: Event) -> str:
    sql = (
        "SELECT id, task_id, customer_id FROM attempt WHERE disposition IS NULL AND person_id = ? ORDER BY id"
    )
    found = _pick(site, event, sql, _me(site))
    if not found:
        return "no call"
    attempt, task, customer = found
    form = site.memory.rows("SELECT id FROM form_version")
    given = {"/data/a": f"{event.more:.4f}"}
    promised = (Promised("/data/a", "24小时内回电", site.clock.now() + DAY),) if event.more < 0.4 else ()
    answers = calls.Answers(form[0][0], given, True, 5, 9, promised=promised) if form else None
    wrap_up = calls.WrapUp(
        task,
        customer,
        attempt,
        _DISPOSITIONS[int(event.more * len(_DISPOSITIONS))],
        "小结",
        30_000,
        answers if event.pick < 0.5 else None,
        do_not_call_scope="all" if event.more > 0.97 else None,
    )
    return site.act(lambda desk: calls.finish_call(desk, wrap_up))


def settle_promise(site: DeskSite, event: Event) -> str:
    """Any promise that is open here: somebody else may have settled it meanwhile, and otherwise."""
    sql = "SELECT customer_id, id FROM commitment WHERE state = 'open' ORDER BY id"
    found = _pick(site, event, sql)
    if not found:
        return "nothing promised"
    customer, promise = found
    if event.more < 0.5:
        return site.act(lambda desk: commitments.keep_commitment(desk, customer, promise))
    return site.act(lambda desk: commitments.withdraw_commitment(desk, customer, promise, "客户已自行解决"))


def correct_answers(site: DeskSite, event: Event) -> str:
    """Any edition, as one sees it: somebody else may have corrected the same one meanwhile."""
    found = _pick(site, event, "SELECT id, task_id, customer_id FROM response ORDER BY id")
    if not found:
        return "no answers"
    seen, task, customer = found
    answers, csat = {"/data/a": f"更正 {event.at}-{event.more:.4f}"}, 1 + int(event.more * 5)

    def correct(desk: Desk) -> StoreChanges:
        new, now = desk.ids.new(), desk.clock.now()
        fix = CorrectAnswers(new, seen, task, customer, answers, True, csat, 8, now, started_at=now)
        return record(desk, [fix], "correction")

    return site.act(correct)


def accept(site: DeskSite, event: Event) -> str:
    found = _pick(site, event, f"SELECT id, customer_id FROM task WHERE {_OPEN} ORDER BY id")
    return site.act(lambda desk: tasks.accept_task(desk, *found)) if found else "no task"


def correct_field(site: DeskSite, event: Event) -> str:
    field = _FIELDS[int(event.more * len(_FIELDS))]
    found = _pick(site, event, f"SELECT id, {field} FROM customer ORDER BY id")
    if not found:
        return "nobody there"
    customer, seen = found
    value = ("satisfied", "neutral")[int(event.pick * 97) % 2] if field == "mood" else f"值 {event.at}"
    return site.act(lambda desk: customers.correct_customer(desk, customer, field, _text(seen), value))


def correct_number(site: DeskSite, event: Event) -> str:
    found = _pick(site, event, "SELECT customer_id, id, value FROM contact_point ORDER BY id")
    if not found:
        return "no number"
    customer, point, seen = found
    value = f"+86139{int(event.more * 10**8):08}"
    return site.act(
        lambda desk: customers.correct_contact_point(desk, customer, point, _text(seen) or "", value)
    )


def book(site: DeskSite, event: Event) -> str:
    found = _pick(site, event, f"SELECT id, customer_id FROM task WHERE {_OPEN} ORDER BY id")
    if not found:
        return "no task"
    at = site.clock.now() + HOUR + round(event.more * 5 * HOUR)
    return site.act(lambda desk: calls.book_callback(desk, found[0], found[1], calls.Promise(at)))


def refuse(site: DeskSite, event: Event) -> str:
    found = _pick(site, event, "SELECT id FROM customer ORDER BY id")
    if not found:
        return "nobody there"
    scope = "all" if event.more < 0.3 else "marketing"
    return site.act(lambda desk: customers.set_do_not_call(desk, found[0], scope, "call", "不要再打"))


def lift_refusal(site: DeskSite, event: Event) -> str:
    found = _pick(site, event, "SELECT customer_id, id FROM do_not_call WHERE cleared_at IS NULL ORDER BY id")
    if not found:
        return "none"
    customer, entry = found
    return site.act(lambda desk: customers.clear_do_not_call(desk, customer, entry, "本人要求"))


def presence(site: DeskSite, event: Event) -> str:
    state = ("ready", "busy", "wrap_up", "offline")[int(event.pick * 4)]
    if site.memory.rows(
        "SELECT 1 FROM presence WHERE id = ? AND since_at = ?", (site.person_id, site.clock.now())
    ):
        return "said something this very moment"
    return site.act(lambda desk: tasks.set_presence(desk, state))


def reassign(site: DeskSite, event: Event) -> str:
    found = _pick(site, event, f"SELECT id, customer_id FROM task WHERE {_OPEN} ORDER BY id")
    people = site.memory.rows("SELECT id FROM person ORDER BY id")
    if not found or not people:
        return "no task"
    whom = None if event.more < 0.2 else people[int(event.more * len(people))][0]
    return site.act(lambda desk: tasks.reassign_some(desk, [(found[0], found[1], whom)])[0])


def draft(site: DeskSite, event: Event) -> str:
    found = _pick(site, event, f"SELECT id, customer_id FROM task WHERE {_OPEN} ORDER BY id")
    if not found:
        return "no task"
    task, customer = found
    typed = {"call": {"note": f"{event.more:.4f}"}}
    return site.act(lambda desk: drafts.save_draft(desk, task, customer, None, None, typed))


def settle(site: DeskSite, event: Event) -> str:
    found = _pick(site, event, "SELECT mid FROM conflict WHERE settled_at IS NULL ORDER BY mid")
    return site.act(lambda desk: conflicts.settle_conflict(desk, _number(found[0]))) if found else "none"


def retry(site: DeskSite, event: Event) -> str:
    found = _pick(site, event, "SELECT mid FROM conflict WHERE settled_at IS NULL ORDER BY mid")
    return site.act(lambda desk: conflicts.retry_conflict(desk, _number(found[0]))) if found else "none"


def poison(site: DeskSite, event: Event) -> str:
    """An edit that the server cannot read or cannot bear comes into the outbox, as from a program with a bug."""
    ids = site.ids
    kinds: Sequence[Command] = (
        Unknown(ids.new()),
        AddNote(b"short", ids.new(), "x", 0),
        Explode(ids.new()),
        Stop(ids.new()),
    )
    poisoned = kinds[int(event.pick * len(kinds))]

    def put(desk: Desk) -> None:
        with desk.store.write() as connection:
            outbox.append(connection, [poisoned], desk.clock.now())

    return f"{poisoned.name} {site.act(put)}"


def agree(site: DeskSite, event: Event) -> str:
    """The server would take most of what is here, and he lets it."""
    said = "agrees" if site.asked else "was not asked"
    site.agree()
    return said


def meanwhile(site: DeskSite, event: Event) -> str:
    """He goes on working: an edit each time before the next replies are taken."""
    doings = ((start_call, finish_call, note), (note, note, note), (correct_field, correct_field, accept))
    chosen = doings[int(event.more * len(doings))]
    site.meanwhile.extend(partial(doing, site, event) for doing in chosen)
    return ", ".join(doing.__name__ for doing in chosen)


def pull(site: DeskSite, event: Event) -> str:
    """Some tasks out of the team's pool."""
    site.pull(1 + int(event.more * 4))
    return ""


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


DOINGS: dict[str, Doing] = {
    one.__name__: one
    for one in (
        note,
        start_call,
        finish_call,
        settle_promise,
        correct_answers,
        accept,
        correct_field,
        correct_number,
        book,
        refuse,
        lift_refusal,
        presence,
        reassign,
        draft,
        settle,
        retry,
        poison,
        meanwhile,
        agree,
        pull,
    )
}
