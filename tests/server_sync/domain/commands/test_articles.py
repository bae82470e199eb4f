"""Who writes the knowledge base, what may stand in it, and what happens when two write one article."""

from dataclasses import replace
from typing import Any

import pytest

from server_sync.domain.commands import SaveArticle
from server_sync.domain.errors import ErrorKind
from tests.server_sync.domain.commands.world import World
from tests.server_sync.organisation import NOW


@pytest.fixture
def new(world: World) -> SaveArticle:
    """An article that nobody has written yet."""
    return SaveArticle(
        world.new(),
        "objection",
        "价格太高怎么回应",
        ["价格", "太贵"],
        "先认同,再说价值。",
        ["marketing"],
        True,
        None,
    )


def changed(article: SaveArticle, **values: Any) -> SaveArticle:
    """Somebody changes some fields of what he sees."""
    return replace(article, **values, seen={name: getattr(article, name) for name in values})


def test_a_lead_writes_changes_retires_and_brings_back(world: World, new: SaveArticle) -> None:
    lead, administrator = world.organisation.north_lead, world.organisation.administrator
    world.do(new, lead)
    row = world.one("article", new.article_id)
    assert (row["title"], row["keywords"], row["active"]) == ("价格太高怎么回应", ["价格", "太贵"], True)
    assert (row["changed_at"], row["changed_by"]) == (NOW, lead.person_id)
    world.do(changed(new, active=False), administrator, NOW + 1)
    row = world.one("article", new.article_id)
    assert (row["active"], row["changed_by"]) == (False, administrator.person_id)
    world.do(changed(replace(new, active=False), active=True), lead)
    assert world.one("article", new.article_id)["active"]


def test_an_agent_writes_nothing(world: World, new: SaveArticle) -> None:
    agent = world.organisation.north_agents[0]
    assert world.refused(new, agent) is ErrorKind.NOT_PERMITTED
    world.do(new, world.organisation.north_lead)
    assert world.refused(changed(new, title="别的"), agent) is ErrorKind.NOT_PERMITTED


def test_the_same_article_twice_is_one(world: World, new: SaveArticle) -> None:
    world.do(new, world.organisation.north_lead)
    assert world.do(new, world.organisation.north_lead).changes == ()
    other = replace(new, title="别的")
    assert world.refused(other, world.organisation.north_lead) is ErrorKind.ALREADY_EXISTS


def test_what_two_write_into_different_fields_is_both_kept(world: World, new: SaveArticle) -> None:
    north, south = world.organisation.north_lead, world.organisation.south_lead
    world.do(new, north)
    world.do(changed(new, body="另一种说法。"), north)
    world.do(changed(new, keywords=["贵"]), south)
    row = world.one("article", new.article_id)
    assert (row["body"], row["keywords"]) == ("另一种说法。", ["贵"])


def test_of_two_who_write_the_same_field_the_later_is_told_and_overwrites_nothing(
    world: World, new: SaveArticle
) -> None:
    north, south = world.organisation.north_lead, world.organisation.south_lead
    world.do(new, north)
    first = changed(new, body="另一种说法。", title="太贵了")
    world.do(first, north)
    rejection = world.rejection(changed(new, body="第三种说法。", title="太贵了"), south)
    assert rejection.kind is ErrorKind.ARTICLE_CHANGED
    assert north.person_id is not None
    assert rejection.values == {"fields": ["body"], "by": north.person_id.hex()}
    assert world.one("article", new.article_id)["body"] == "另一种说法。"
    again = replace(changed(new, body="第三种说法。"), seen={"body": "另一种说法。"})
    world.do(again, south)
    assert world.one("article", new.article_id)["body"] == "第三种说法。"


def test_ones_own_changes_made_one_after_the_other_without_the_network_do_not_disturb_each_other(
    world: World, new: SaveArticle
) -> None:
    """The stamps that the desk gave are not those of the server."""
    lead = world.organisation.north_lead
    second = changed(new, body="二")
    third = changed(replace(second, body="二"), body="三")
    for at, command in enumerate((new, second, third)):
        world.do(command, lead, NOW + at)
    assert world.one("article", new.article_id)["body"] == "三"


def test_an_article_that_is_not_there_cannot_be_changed(world: World, new: SaveArticle) -> None:
    assert world.refused(changed(new, body="二"), world.organisation.north_lead) is ErrorKind.NOT_FOUND


@pytest.mark.parametrize(
    ("values", "kind", "field"),
    [
        ({"title": " "}, ErrorKind.FIELD_MISSING, "title"),
        ({"title": "题" * 201}, ErrorKind.FIELD_INVALID, "title"),
        ({"body": ""}, ErrorKind.FIELD_MISSING, "body"),
        ({"body": "字" * 10_001}, ErrorKind.FIELD_INVALID, "body"),
        ({"kind": "joke"}, ErrorKind.FIELD_INVALID, "kind"),
        ({"keywords": ["a"] * 51}, ErrorKind.FIELD_INVALID, "keywords"),
        ({"keywords": ["词" * 41]}, ErrorKind.FIELD_INVALID, "keywords"),
        ({"keywords": [" "]}, ErrorKind.FIELD_INVALID, "keywords"),
        ({"purposes": ["fun"]}, ErrorKind.FIELD_INVALID, "purposes"),
    ],
)
def test_an_article_that_is_none_is_refused(
    world: World, new: SaveArticle, values: dict[str, Any], kind: ErrorKind, field: str
) -> None:
    rejection = world.rejection(replace(new, **values), world.organisation.north_lead)
    assert (rejection.kind, rejection.values["field"]) == (kind, field)
