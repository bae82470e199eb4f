"""Definitions as they are written: kept by kind and row, replaced, gone when saved; salvaged with the unsent."""

from pathlib import Path

from agent_app.store import definition_drafts, salvage, unsent_file
from agent_app.store.database import open_store
from agent_app.store.definition_drafts import Kept, Kind
from agent_app.store.tables import ALL
from tests.agent_app.desk import KEY, Company
from tests.server_sync.organisation import NOW

ROW, OTHER = bytes(16), bytes([1]) * 16


def keep(company: Company, kind: Kind, row_id: bytes, at: int = NOW, **written: object) -> None:
    with company.store.write() as connection:
        definition_drafts.keep(connection, kind, row_id, {"before": None, "written": written}, at)


def load(company: Company, kind: Kind) -> dict[bytes, Kept]:
    with company.store.read() as connection:
        return definition_drafts.load(connection, kind)


def test_what_is_written_is_kept_by_its_kind_in_place_of_what_was_kept_before(company: Company) -> None:
    keep(company, Kind.PLAN, ROW, name="甲")
    keep(company, Kind.GOAL, ROW, name="乙")
    keep(company, Kind.PLAN, ROW, NOW + 1, name="甲二")
    assert load(company, Kind.PLAN) == {ROW: Kept({"before": None, "written": {"name": "甲二"}}, NOW + 1)}
    assert set(load(company, Kind.GOAL)) == {ROW}
    assert load(company, Kind.LADDER) == {}


def test_what_was_saved_is_gone_and_the_others_stay(company: Company) -> None:
    keep(company, Kind.PLAN, ROW)
    keep(company, Kind.PLAN, OTHER)
    with company.store.write() as connection:
        definition_drafts.drop(connection, Kind.PLAN, ROW)
        definition_drafts.drop(connection, Kind.PLAN, ROW)
    assert set(load(company, Kind.PLAN)) == {OTHER}


def test_it_is_saved_with_what_is_unsent_and_taken_into_another_store_beside_what_is_there(
    company: Company, tmp_path: Path
) -> None:
    keep(company, Kind.PLAN, ROW, name="甲")
    keep(company, Kind.PLAN, OTHER, name="旧")
    file = tmp_path / "unsent"
    with salvage.copy_of(tmp_path) as copy:
        unsent_file.write(file, salvage.salvage(copy, KEY), "secret", cost=10)
    other = open_store(tmp_path / "other", KEY, ALL)
    with other.write() as connection:
        definition_drafts.keep(connection, Kind.PLAN, OTHER, {"before": None, "written": {"name": "新"}}, NOW)
        unsent_file.take_in(connection, unsent_file.read(file, "secret"))
        found = definition_drafts.load(connection, Kind.PLAN)
    other.close()
    assert [one.content["written"]["name"] for one in found.values()] == ["甲", "新"]
