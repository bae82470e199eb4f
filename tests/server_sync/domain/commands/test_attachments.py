"""Attachments: who may announce and take back a file, and which files may be announced at all."""

from dataclasses import replace
from typing import Any

import pytest

from server_sync.domain.commands import AddAttachment, Insert, RemoveAttachment
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.attachments import MEGABYTE
from server_sync.domain.rules.settings import setting_id
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.organisation import NOW


def photo(desk: Desk, **other: Any) -> AddAttachment:
    made = AddAttachment(
        desk.world.new(), desk.customer_id, "photo", "现场.jpg", "image/jpeg", 5_000, "0a" * 32, NOW
    )
    return replace(made, **other)


def test_f1_an_announced_file_stands_in_its_dossier_without_its_bytes(desk: Desk) -> None:
    wanted = photo(desk, task_id=desk.task_id)
    desk.world.do(wanted, desk.agent)
    row = desk.world.one("attachment", wanted.attachment_id)
    assert (row["state"], row["created_by"], row["task_id"]) == (
        "announced",
        desk.agent.person_id,
        desk.task_id,
    )
    assert (row["size"], row["sha256"], row["completed_at"]) == (5_000, "0a" * 32, None)


def test_the_same_announcement_again_changes_nothing(desk: Desk) -> None:
    wanted = photo(desk)
    desk.world.do(wanted, desk.agent)
    assert desk.world.do(wanted, desk.agent).changes == ()
    assert desk.world.refused(replace(wanted, sha256="0b" * 32), desk.agent) is ErrorKind.ALREADY_EXISTS
    assert desk.world.refused(wanted, desk.lead) is ErrorKind.ALREADY_EXISTS


def test_a_customer_out_of_sight_is_not_found(desk: Desk) -> None:
    for actor in (desk.other, desk.stranger, desk.strange_lead):
        assert desk.world.refused(photo(desk), actor) is ErrorKind.NOT_FOUND
    for actor in (desk.agent, desk.lead, desk.world.organisation.administrator):
        desk.world.do(photo(desk), actor)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"kind": "video"}, ErrorKind.FILE_TYPE_REFUSED),
        ({"media_type": "image/svg+xml", "file_name": "a.svg"}, ErrorKind.FILE_TYPE_REFUSED),
        ({"media_type": "application/pdf", "file_name": "a.pdf"}, ErrorKind.FILE_TYPE_REFUSED),
        ({"file_name": "a.exe"}, ErrorKind.FIELD_INVALID),
        ({"file_name": "../a.jpg"}, ErrorKind.FIELD_INVALID),
        ({"size": 0}, ErrorKind.FIELD_INVALID),
        ({"size": -1}, ErrorKind.FIELD_INVALID),
        ({"size": 20 * MEGABYTE + 1}, ErrorKind.ATTACHMENT_TOO_LARGE),
        ({"sha256": "A" * 64}, ErrorKind.FIELD_INVALID),
        ({"sha256": ""}, ErrorKind.FIELD_INVALID),
    ],
)
def test_f1_the_policy_holds_for_whatever_is_announced(
    desk: Desk, other: dict[str, Any], kind: ErrorKind
) -> None:
    assert desk.world.refused(photo(desk, **other), desk.agent) is kind


def test_f1_the_company_sets_sizes_and_how_many(desk: Desk) -> None:
    value = {"photo_megabytes": 1, "per_customer": 2}
    desk.world.put(Insert("setting", {"id": setting_id("attachments"), "key": "attachments", "value": value}))
    too_large = desk.world.rejection(photo(desk, size=MEGABYTE + 1), desk.agent)
    assert (too_large.kind, too_large.values) == (ErrorKind.ATTACHMENT_TOO_LARGE, {"most_megabytes": 1})
    first = photo(desk, size=MEGABYTE)
    desk.world.do(first, desk.agent)
    desk.world.do(photo(desk), desk.agent)
    assert desk.world.refused(photo(desk), desk.agent) is ErrorKind.TOO_MANY_ATTACHMENTS
    desk.world.do(RemoveAttachment(first.attachment_id, desk.customer_id, NOW), desk.agent)
    desk.world.do(photo(desk), desk.agent)


def test_what_it_belongs_to_is_this_customers(desk: Desk) -> None:
    organisation = desk.world.organisation
    other = organisation.customer(organisation.north)
    elsewhere = organisation.task(other, desk.agent)
    attempt_id, response_id = desk.world.new(), desk.world.new()
    strange = {"customer_id": other.row_id, "task_id": elsewhere.row_id, "person_id": desk.agent.person_id}
    desk.world.put(
        other,
        elsewhere,
        Insert("attempt", {"id": attempt_id, "channel": "phone", "started_at": NOW, **strange}),
    )
    for wrong in (
        {"task_id": elsewhere.row_id},
        {"task_id": desk.world.new()},
        {"attempt_id": attempt_id},
        {"attempt_id": desk.world.new()},
        {"response_id": response_id},
    ):
        assert desk.world.refused(photo(desk, **wrong), desk.agent) is ErrorKind.NOT_FOUND


def test_who_attached_a_file_or_leads_the_team_takes_it_back_once(desk: Desk) -> None:
    mine, his = photo(desk), photo(desk)
    desk.world.do(mine, desk.agent)
    desk.world.do(his, desk.lead)

    def taken_back(one: AddAttachment) -> RemoveAttachment:
        return RemoveAttachment(one.attachment_id, desk.customer_id, NOW)

    assert desk.world.refused(taken_back(his), desk.agent) is ErrorKind.NOT_PERMITTED
    assert desk.world.refused(taken_back(mine), desk.stranger) is ErrorKind.NOT_FOUND
    desk.world.do(taken_back(mine), desk.agent)
    desk.world.do(taken_back(his), desk.lead)
    row = desk.world.one("attachment", mine.attachment_id)
    assert (row["state"], row["removed_by"], row["removed_at"]) == ("removed", desk.agent.person_id, NOW)
    assert desk.world.do(taken_back(mine), desk.agent).changes == ()


def test_a_file_that_there_is_not_or_of_another_customer_is_not_found(desk: Desk) -> None:
    organisation = desk.world.organisation
    other = organisation.customer(organisation.north, owner=desk.agent)
    desk.world.put(other)
    of_other = photo(desk, customer_id=other.row_id)
    desk.world.do(of_other, desk.agent)
    for wrong in (of_other.attachment_id, desk.world.new()):
        command = RemoveAttachment(wrong, desk.customer_id, NOW)
        assert desk.world.refused(command, desk.agent) is ErrorKind.NOT_FOUND
