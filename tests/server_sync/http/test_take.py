"""Tasks out of the pool over HTTP: what is given comes with the next pull; another's name is refused."""

from server_sync.domain.clock import HOUR
from server_sync.domain.wire.codec import decode
from server_sync.domain.wire.messages import Problem, TakeReply, TakeRequest
from server_sync.store.changes import write
from tests.server_sync.http.conftest import DESK, NUMBERS, Scene
from tests.server_sync.organisation import NOW


def request(device: bytes = DESK, count: int = 5) -> TakeRequest:
    return TakeRequest(**NUMBERS, device=device, request=7, count=count)


def test_what_is_given_comes_with_the_next_pull(signed_in: Scene) -> None:
    organisation = signed_in.organisation
    customer = organisation.customer(organisation.north)
    pooled = organisation.task(customer, None)
    with signed_in.database.write(NOW) as tx:
        write(tx, [customer, pooled])
    answer = signed_in.send("/sync/take", request())
    reply = decode(answer.body, TakeReply)
    assert (reply.request, reply.tasks, reply.until, reply.left) == (7, 1, NOW + 8 * HOUR, 0)
    tasks = signed_in.pull().tables["task"]
    of = {name: tasks.columns.index(name) for name in ("id", "assignee_id", "leased_until", "in_pool")}
    (row,) = [row for row in tasks.rows if row[of["id"]] == pooled.row_id]
    assert row[of["assignee_id"]] == signed_in.agent.person_id
    assert row[of["leased_until"]] == NOW + 8 * HOUR
    assert not row[of["in_pool"]]


def test_another_devices_name_an_absurd_count_and_a_stranger_are_refused(signed_in: Scene) -> None:
    for message, status, kind in (
        (request(device=b"x" * 16), 403, "not_permitted"),
        (request(count=1_000), 400, "out_of_range"),
    ):
        answer = signed_in.send("/sync/take", message)
        assert (answer.status, decode(answer.body, Problem).kind) == (status, kind)
    signed_in.caller.token = None
    assert signed_in.send("/sync/take", request()).status == 401
