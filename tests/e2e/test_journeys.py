"""The journeys as tests; the tour plays the same and takes pictures."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e import journeys
from tests.e2e.conflict_journeys import a6_two_at_once, c2_home_with_a_late_result
from tests.e2e.escalation_journey import (
    BEGINS,
    b2_three_levels,
    b3_a_complaint_is_escalated,
    hand_out,
    take_ladder,
    take_up_all,
)
from tests.e2e.field import hand_out_visits
from tests.e2e.forms_journey import b2_a_form_is_renewed, b3_answers_are_read_and_exported
from tests.e2e.journeys import seated
from tests.e2e.plan_journey import d1_a_plan_is_made_at_the_desk, take_back_care
from tests.e2e.refusal_journey import a4_never_again, hand_out_twice
from tests.e2e.retention_journey import a3_a_low_score, renew_soon
from tests.e2e.story import Story
from tests.e2e.visit_journey import c1_a_visit_without_network
from tests.e2e.workbook_journey import b1_a_workbook_becomes_work
from tests.e2e.world import World
from tests.server_sync.channels.far_sides import Gateway

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The demo company, its server running."""
    with World(tmp_path) as made:
        made.make_demo_company()
        made.start_server()
        yield made


def test_a1_a_normal_follow_up(world: World) -> None:
    with seated(world, "agent", "agent") as seat:
        journeys.a1_a_normal_follow_up(Story(), world, seat)


def test_a1_killed_right_after_saved_loses_nothing(world: World) -> None:
    journeys.a1_killed_right_after_saved(Story(), world)


def test_a2_a_callback(world: World) -> None:
    with seated(world, "owner", "agent") as owner, seated(world, "colleague", "colleague") as colleague:
        journeys.a2_a_callback(Story(), world, owner, colleague)


def test_a4_never_again(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.make_demo_company()
        handed_out = hand_out_twice(world)
        world.start_server()
        with seated(world, "agent", "agent") as agent, seated(world, "colleague", "colleague") as colleague:
            a4_never_again(Story(), world, agent, colleague, *handed_out)


def test_a3_a_low_score(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.make_demo_company()
        customers = renew_soon(world)
        world.start_server()
        with seated(world, "agent", "agent") as agent, seated(world, "lead", "supervisor") as lead:
            a3_a_low_score(Story(), world, agent, lead, customers)


def test_a5_without_network(world: World) -> None:
    with seated(world, "agent", "agent") as seat:
        journeys.a5_without_network(Story(), world, seat)


def test_a6_two_at_once(world: World) -> None:
    with (
        seated(world, "lead", "supervisor") as lead,
        seated(world, "first", "agent") as first,
        seated(world, "second", "colleague") as second,
    ):
        a6_two_at_once(Story(), world, lead, first, second)


def test_c2_home_with_a_late_result(world: World) -> None:
    c2_home_with_a_late_result(Story(), world)


def test_c1_a_visit_without_network(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.make_demo_company()
        tasks = hand_out_visits(world)
        world.start_server()
        c1_a_visit_without_network(Story(), world, tasks)


def test_b1_a_workbook_becomes_work(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        b1_a_workbook_becomes_work(Story(), world)


def test_b2_a_form_is_renewed_and_b3_its_answers_are_exported(world: World) -> None:
    with seated(world, "chief", "administrator") as chief:
        b2_a_form_is_renewed(Story(), world, chief)
        b3_answers_are_read_and_exported(Story(), world, chief)


def test_d1_a_plan_is_made_at_the_desk(tmp_path: Path) -> None:
    with World(tmp_path) as world:
        world.make_demo_company()
        take_back_care(world)
        world.start_server()
        with seated(world, "chief", "administrator") as chief:
            d1_a_plan_is_made_at_the_desk(Story(), world, chief)


def test_b3_a_complaint_is_escalated(tmp_path: Path) -> None:
    with World(tmp_path, BEGINS) as world:
        world.make_demo_company()
        take_up_all(world, "complaint_verification")
        take_ladder(world, "complaint")
        left, taken = (hand_out(world, "complaint_verification") for _ in range(2))
        world.start_server()
        with seated(world, "agent", "agent") as agent, seated(world, "lead", "supervisor") as lead:
            b3_a_complaint_is_escalated(Story(), world, agent, lead, left, taken)


def test_b2_three_levels_with_rising_means(tmp_path: Path) -> None:
    with World(tmp_path, BEGINS) as world, Gateway().open() as gateway:
        world.make_demo_company()
        world.command("channels", "add", "sms", "gateway", "--url", gateway.url)
        world.command("user", "contact", "agent01", "--mobile", "13800000000")
        left = hand_out(world, "promise")
        take_ladder(world, "three_levels", urgencies=["promise"])
        world.start_server()
        with seated(world, "agent", "agent") as agent, seated(world, "lead", "supervisor") as lead:
            b2_three_levels(Story(), world, gateway, agent, lead, left)
