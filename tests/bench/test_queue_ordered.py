"""The bench of the queue's order measures whole queues, on both databases, over every class."""

from collections import Counter

import pytest
from sqlalchemy import create_engine

from server_sync.domain.rules.queue_order import QueueClass, queue_class
from server_sync.domain.rules.settings import DEFAULTS
from tests.bench import queue_ordered


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_order_of_a_queue_is_measured_beside_a_plain_one(
    database: str, request: pytest.FixtureRequest
) -> None:
    url = "sqlite://" if database == "sqlite" else request.getfixturevalue("empty_postgresql_url")
    engine = create_engine(url)
    found = queue_ordered.measure(engine, 300)
    engine.dispose()
    assert found["queue_tasks"] == 300
    assert {name for name in found if name.endswith(("_ms", "_ratio"))} == {
        "queue_order_ms",
        "queue_plain_order_ms",
        "queue_order_ratio",
        "queue_next_ms",
    }


def test_its_queue_has_tasks_of_every_class() -> None:
    found = Counter(
        queue_class(queue_ordered._task(number), queue_ordered._customer(number), queue_ordered.NOW, DEFAULTS)
        for number in range(3_000)
    )
    assert set(found) == set(QueueClass)
