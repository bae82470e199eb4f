"""A byte flipped in every 64th page of a store: it is said, nothing wrong is ever read, and the file stays as it is
(SYNC §7)."""

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from agent_app.store.database import STORE_FILE, Store, open_store
from agent_app.store.tables import ALL
from agent_app.ui.error_words import error_text
from server_sync.domain.errors import ErrorKind, KnownError
from tests.agent_app.desk import TIMEZONE, open_company
from tests.faults.chance import everything, moment
from tests.faults.conftest import Tally
from tests.faults.office import KEY

PAGE = 4096
EVERY = 64
CUSTOMERS = 6_000 if everything() else 600

Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The profile of a desk with customers, closed."""
    folder = tmp_path_factory.mktemp("sound")
    company = open_company(folder)
    made = company.organisation
    customers = [
        made.customer(made.north, name=f"客户 {number}", note="备注" * 400) for number in range(CUSTOMERS)
    ]
    company.put(*customers, *(made.contact_point(customer) for customer in customers))
    company.store.settle()
    company.store.close()
    return folder


def test_a_flipped_byte_in_any_64th_page_is_told_and_nothing_wrong_is_read(
    sound: Path, tmp_path: Path, tally: Tally
) -> None:
    whole = read(sound, everything_in)
    pages = (sound / STORE_FILE).stat().st_size // PAGE
    assert pages > 4 * EVERY
    for page in range(0, pages, EVERY):
        profile = tmp_path / str(page)
        shutil.copytree(sound, profile)
        damaged = flip(profile / STORE_FILE, page * PAGE + moment(PAGE, page))
        with pytest.raises(KnownError) as caught:
            read(profile, Store.verify)
        assert caught.value.kind is ErrorKind.STORE_DAMAGED
        found = told_or(partial(read, profile, everything_in))
        assert found in (ErrorKind.STORE_DAMAGED, whole)
        assert (profile / STORE_FILE).read_bytes() == damaged
        shutil.rmtree(profile)
    tally("pages with a flipped byte", len(range(0, pages, EVERY)))


def test_a_wrong_key_a_missing_key_and_a_damaged_page_have_three_messages_and_no_effect(
    sound: Path, tmp_path: Path
) -> None:
    shutil.copytree(sound, tmp_path / "profile")
    file = tmp_path / "profile" / STORE_FILE
    before = file.read_bytes()
    kinds = [told_or(partial(read, file.parent, everything_in, key)) for key in (bytes(32), None)]
    assert file.read_bytes() == before
    damaged = flip(file, 200)
    kinds.append(told_or(partial(read, file.parent, everything_in)))
    assert file.read_bytes() == damaged
    assert kinds == [ErrorKind.STORE_KEY_WRONG, ErrorKind.STORE_KEY_MISSING, ErrorKind.STORE_DAMAGED]
    assert len({error_text(str(kind), {}, 0, TIMEZONE) for kind in kinds}) == 3


def read(profile: Path, look: Callable[[Store], Rows | None], key: bytes | None = KEY) -> Rows | None:
    """Open a profile, look, and close it."""
    store = open_store(profile, key, ALL)
    try:
        return look(store)
    finally:
        store.close()


def everything_in(store: Store) -> Rows:
    """All rows of all tables, each table by itself."""
    with store.read() as connection:
        return {
            table.name: [tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}"')]
            for metadata in ALL
            for table in metadata.sorted_tables
        }


def told_or(act: Callable[[], Rows | None]) -> Rows | ErrorKind | None:
    """The kind of the error, or what came of it."""
    try:
        return act()
    except KnownError as error:
        return error.kind


def flip(file: Path, at: int) -> bytes:
    """Turn one byte over; returns the whole content."""
    content = bytearray(file.read_bytes())
    content[at] ^= 0xFF
    file.write_bytes(bytes(content))
    return bytes(content)
