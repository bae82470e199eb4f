"""Every view once in each look, light and dark, Chinese and English; taste is for those who look at the pictures."""

from agent_app.ports import Route
from tests.e2e.calling import answer_guide, dial, next_customer, wrap_up
from tests.e2e.desk import Seat
from tests.e2e.journeys import seated
from tests.e2e.story import Story
from tests.e2e.world import World

LOOKS = (("light", "zh_CN"), ("dark", "zh_CN"), ("light", "en"), ("dark", "en"))


def every_view(story: Story, world: World) -> None:
    """The sign-in page, the agent's and the supervisor's places, the panels and sheets."""
    for theme, language in LOOKS:
        look = f"{theme} {language}"
        with Seat(world, world.folder / f"login-{look}", theme=theme, language=language) as page:
            page.assembly.show_login(world.address, "agent01")
            story.step(f"sign in {look}", page)
        with seated(world, f"agent-{look}", "agent", theme=theme, language=language) as seat:
            _agent(story, seat, look)
        with seated(world, f"lead-{look}", "supervisor", theme=theme, language=language) as seat:
            _supervisor(story, seat, look)


def _agent(story: Story, seat: Seat, look: str) -> None:
    next_customer(seat)
    dial(seat)
    answer_guide(seat, pages=3)
    story.step(f"work {look}", seat)
    wrap_up(seat)
    story.step(f"wrap up {look}", seat)
    seat.press("Escape")
    seat.press("F9")
    story.step(f"callback {look}", seat)
    seat.press("Escape")
    seat.press("F1")
    story.step(f"keys {look}", seat)
    seat.press("Escape")
    seat.press("Ctrl+K")
    seat.type("客户")
    story.step(f"palette {look}", seat)
    seat.press("Escape")
    for place in ("visits", "conflicts", "settings"):
        seat.desk.go(Route(place))
        story.step(f"{place} {look}", seat)


def _supervisor(story: Story, seat: Seat, look: str) -> None:
    seat.until(lambda: seat.desk.window.place_shown() == "team")
    seat.until(lambda: seat.shows("NPS") and seat.shows("n=") and not seat.shows("n=0"))
    seat.charts_drawn()
    story.step(f"team {look}", seat)
