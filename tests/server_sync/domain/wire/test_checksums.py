"""Sums of rows: figures that every program must come to, and how they add up (SYNC E2)."""

from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.wire.checksums import (
    BUCKETS,
    Checksum,
    bucket_of,
    buckets,
    row_hash,
    signed,
    unsigned,
)

FIRST, SECOND = bytes(range(16)), bytes(range(16, 32))
ROWS = st.lists(
    st.tuples(st.integers(0, 255), st.binary(min_size=16, max_size=16), st.integers(0, 1 << 40)),
    unique_by=lambda row: row[1],
)


def test_e2_the_hash_of_a_row_is_the_one_of_the_protocol() -> None:
    assert row_hash(0, FIRST, 1) == 1976611883574367430
    assert row_hash(7, SECOND, 300) == 17122038288177926967
    assert row_hash(20, FIRST, (1 << 40) + 5) == 2484821554840844084


def test_e2_a_sum_runs_over_at_64_bits_and_counts_what_it_has() -> None:
    both = Checksum()
    both.add(0, FIRST, 1)
    both.add(7, SECOND, 300)
    assert both == Checksum(2, 651906098042742781)
    both.remove(0, FIRST, 1)
    assert both == Checksum(1, 17122038288177926967)
    both.remove(7, SECOND, 300)
    assert both == Checksum(0, 0)


@given(ROWS)
def test_e2_the_parts_add_up_to_the_whole_and_each_row_is_in_the_part_of_its_last_byte(
    rows: list[tuple[int, bytes, int]],
) -> None:
    whole = Checksum()
    for row in rows:
        whole.add(*row)
    parts = buckets(rows)
    assert len(parts) == BUCKETS == 256
    assert sum(part.rows for part in parts) == whole.rows == len(rows)
    assert sum(part.sum for part in parts) % (1 << 64) == whole.sum
    for number, part in enumerate(parts):
        assert part.rows == sum(row[1][-1] == number == bucket_of(row[1]) for row in rows)


@given(st.integers(0, (1 << 64) - 1))
def test_e2_a_database_keeps_a_sum_in_its_64_bits(value: int) -> None:
    assert -(1 << 63) <= signed(value) < 1 << 63
    assert unsigned(signed(value)) == value


def test_e2_signed_is_twos_complement() -> None:
    assert [signed(one) for one in (0, (1 << 63) - 1, 1 << 63, (1 << 64) - 1)] == [
        0,
        (1 << 63) - 1,
        -(1 << 63),
        -1,
    ]
