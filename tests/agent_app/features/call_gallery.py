"""Draws the work column, the wrap-up and the callback panel in their states, into PNG files that a person looks at.

``python -m tests.agent_app.features.call_gallery OUTDIR`` draws light and dark, zh_CN and en, at 100 and 150 %,
as wide as the column is in windows of 1440 × 900 and 1280 × 800.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from agent_app.features.call_guide.view import CallGuideFeature
from agent_app.features.callbacks.view import CallbackFeature
from agent_app.features.wrap_up.view import WrapUpFeature
from agent_app.ports import Route
from agent_app.ui import i18n
from server_sync.domain.clock import HOUR, SECOND
from tests.agent_app.features.workplace import Workplace, guide_xform, open_workplace, sample_xform
from tests.agent_app.pictures import gallery, looks, put_away, shoot

SIZES = {"1440": (720, 870), "1280": (624, 770)}
OPENING, SERVICE = "/data/opening/received", "/data/service"


class Scene:
    """The three features over one desk, joined as the window joins them."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.guide = CallGuideFeature(
            place.session, self.go, place.phone, place.files, place.positions.positions
        )
        self.wrap_up = WrapUpFeature(place.session, self.go)
        self.callback = CallbackFeature(place.session, self.go)

    def go(self, route: Route) -> None:
        panels: dict[str, WrapUpFeature | CallbackFeature] = {
            "wrap_up": self.wrap_up,
            "callback": self.callback,
        }
        over = panels.get(route.place)
        if over is not None:
            over.open(route.item, route.detail)
            self.guide.column.slide_over(over.widget)
        elif route.place in ("guide", "next"):
            self.guide.column.slide_back()
        for changes in self.place.company.told:
            self.guide.on_changed(changes)
        self.place.company.told.clear()

    def open(self) -> None:
        self.guide.open(self.place.task.row_id)

    def answer(self, name: str, value: str) -> None:
        self.guide.presenter.on_answered(f"/data/{name}", value)

    def talk(self, seconds: int) -> None:
        self.place.move(seconds * SECOND)
        self.guide.on_tick(self.place.company.clock.at)


def fresh(scene: Scene) -> None:
    scene.open()


def scores(scene: Scene) -> None:
    scene.open()
    scene.guide.presenter.on_dial()
    scene.answer("opening/received", "yes")
    scene.guide.presenter.on_next()
    scene.answer("service/csat", "4")
    scene.answer("service/nps", "9")
    scene.talk(161)


def asking(scene: Scene) -> None:
    scores(scene)
    scene.guide.presenter.on_back()
    scene.answer("opening/received", "no")


def jump(scene: Scene) -> None:
    asking(scene)
    scene.guide.presenter.on_confirmed()
    scene.guide.presenter.on_next()
    scene.answer("wish", "price repair")


def wrong(scene: Scene) -> None:
    scene.open()
    scene.guide.presenter.on_dial()
    scene.answer("opening/received", "yes")
    scene.guide.presenter.on_next()
    scene.guide.presenter.on_next()
    scene.talk(20)


def number(scene: Scene) -> None:
    jump(scene)
    scene.guide.presenter.on_next()
    scene.answer("people", "40")
    scene.guide.presenter.on_next()


def listed(scene: Scene) -> None:
    jump(scene)
    scene.guide.form.toggle_side()


def read_back(scene: Scene) -> None:
    scores(scene)
    for _ in range(5):
        scene.guide.presenter.on_next()


def refused(scene: Scene) -> None:
    scene.open()
    scene.place.move(12 * HOUR)
    scene.guide.presenter.on_dial()


def resumed(scene: Scene) -> None:
    scores(scene)
    scene.place.move(HOUR // 2)
    scene.guide.presenter.open(None)
    scene.open()


def sample(scene: Scene) -> None:
    scene.open()
    scene.guide.presenter.on_dial()
    for name, value in (("opening/identity", "self"), ("consent_part/consent", "yes")):
        scene.answer(name, value)
        scene.guide.presenter.on_next()
    scene.talk(42)


def wrap_up(scene: Scene) -> None:
    scores(scene)
    scene.guide.presenter.on_hang_up()
    scene.guide.presenter.on_wrap_up_asked()


def wrap_up_branch(scene: Scene) -> None:
    wrap_up(scene)
    scene.wrap_up.presenter.on_chosen("no_answer")


def wrap_up_retry(scene: Scene) -> None:
    wrap_up_branch(scene)
    scene.wrap_up.presenter.on_chosen("3.13")


def wrap_up_done(scene: Scene) -> None:
    wrap_up(scene)
    scene.wrap_up.presenter.on_chosen("complete")


def wrap_up_refusal(scene: Scene) -> None:
    wrap_up(scene)
    scene.wrap_up.presenter.on_chosen("2.112b")
    scene.wrap_up.presenter.on_save(then_next=True)


def wrap_up_appointment(scene: Scene) -> None:
    scores(scene)
    scene.guide.presenter.on_callback_asked()
    scene.wrap_up.presenter.on_when_typed("明天 10:30 本人")


def wrap_up_too_late(scene: Scene) -> None:
    scores(scene)
    scene.guide.presenter.on_callback_asked()
    scene.wrap_up.presenter.on_when_typed("明天 22:00")


def callback(scene: Scene) -> None:
    scene.open()
    scene.guide.presenter.on_callback_asked()
    scene.callback.presenter.on_when_typed("下周三 14:00")


def done(scene: Scene) -> None:
    wrap_up_done(scene)
    scene.wrap_up.presenter.on_save(then_next=False)
    scene.go(Route("guide"))


STATES: dict[str, Callable[[Scene], None]] = {
    one.__name__: one
    for one in (
        fresh,
        scores,
        asking,
        jump,
        listed,
        wrong,
        number,
        read_back,
        refused,
        resumed,
        sample,
        wrap_up,
        wrap_up_branch,
        wrap_up_retry,
        wrap_up_done,
        wrap_up_refusal,
        wrap_up_appointment,
        wrap_up_too_late,
        callback,
        done,
    )
}


def draw(name: str, size: tuple[int, int], file: Path) -> None:
    """One state at one size."""
    xform = sample_xform("new_customer_followup") if name == "sample" else guide_xform()
    with tempfile.TemporaryDirectory() as folder:
        place = open_workplace(Path(folder), xform)
        if name == "fresh":
            other = place.company.organisation.contact_point(
                place.customer, value="+862112345678", position=1
            )
            place.company.put(other)
        if i18n.language() == "en":
            with place.company.store.write() as connection:
                connection.exec_driver_sql("update customer set name = 'Customer A', title = 'Ms'")
        scene = Scene(place)
        window: QWidget = scene.guide.widget
        window.resize(*size)
        window.show()
        STATES[name](scene)
        shoot(window, file)
        put_away(window)
        place.company.store.close()


def draw_all(folder: Path, names: Sequence[str]) -> None:
    """Everything, or the named states, at the scale this process was started with."""
    for ending in looks():
        for width, size in SIZES.items():
            for name in names or STATES:
                draw(name, size, folder / f"{name}_{width}_{ending}")


if __name__ == "__main__":
    gallery("tests.agent_app.features.call_gallery", draw_all)
