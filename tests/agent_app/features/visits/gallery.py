"""Draws the visits beside their kit, in their states, into PNG files that a person looks at.

``python -m tests.agent_app.features.visits.gallery OUTDIR`` draws light and dark, zh_CN and en, at 100 and 150 %.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from agent_app.features.call_guide.view import CallGuideFeature
from agent_app.features.customer360.view import CustomerFeature
from agent_app.features.visits.state import Span
from agent_app.features.visits.view import VisitsFeature
from agent_app.features.wrap_up.view import WrapUpFeature
from agent_app.ports import Lack, Route
from agent_app.shell.places import Place
from agent_app.shell.workspace import PlaceColumns
from agent_app.store import drafts
from agent_app.store.attachments import FileState
from agent_app.store.tables import attachment_file
from agent_app.ui import i18n
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.model import Channel, TaskState
from tests.agent_app.features.workplace import Workplace, open_workplace, sample_xform
from tests.agent_app.pictures import gallery, looks, put_away, shoot
from tests.server_sync.organisation import NOW

SIZE = (1380, 860)
CITIES = ("上海", "上海", "苏州", "苏州", "杭州", "南京")
NAMES = {"zh_CN": "示例公司 {}", "en": "Sample company {}"}


class Scene:
    """The features of the place over one desk, joined as the window joins them."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.visits = VisitsFeature(place.session, self.go)
        self.guide = CallGuideFeature(
            place.session, self.go, place.phone, place.files, place.positions.positions
        )
        self.wrap_up = WrapUpFeature(place.session, self.go)
        self.customer = CustomerFeature(place.session, place.files, self.go)
        self.tasks = [place.task.row_id, *self._others()]
        self.window = PlaceColumns(Place("visits", "map-pin", "", self.guide, self.visits, self.customer))
        self.window.resize(*SIZE)
        self.visits.start()

    def go(self, route: Route) -> None:
        match route.place:
            case "task":
                self.visits.open(route.item)
                self.guide.open(route.item)
            case "customer":
                self.customer.open(route.item, route.detail)
            case "wrap_up":
                self.wrap_up.open(route.item, route.detail)
                self.guide.column.slide_over(self.wrap_up.widget)
            case "guide" | "next":
                self.guide.column.slide_back()
        for changes in self.place.company.told:
            self.guide.on_changed(changes)
            self.visits.on_changed(changes)
        self.place.company.told.clear()

    def choose(self) -> None:
        self.visits.presenter.on_chosen(self.tasks[0])

    def check_in(self, accuracy: float) -> None:
        self.choose()
        self.guide.presenter.on_dial()
        self.place.positions.give(accuracy)
        self.place.move(12 * MINUTE)
        self.guide.on_tick(self.place.company.clock.at)

    def _others(self) -> list[bytes]:
        company, organisation = self.place.company, self.place.company.organisation
        tasks = []
        for number, city in enumerate(CITIES, 2):
            name = NAMES[i18n.language()].format(number)
            where = {"city": city, "address": f"示例路 {number} 号"}
            customer = organisation.customer(organisation.north, kind="company", name=name, tier="normal")
            customer = type(customer)(customer.table, {**customer.row, **where})
            values: dict[str, object] = {"due_at": NOW + number * HOUR, "channel": Channel.VISIT}
            if number == 2:
                values["appointment_at"] = NOW + 30 * MINUTE
            if number > 5:
                values |= {"state": TaskState.DONE, "done_at": NOW - HOUR}
            task = organisation.task(customer, self.place.agent, **values)
            company.put(customer, organisation.contact_point(customer), task)
            tasks.append(task.row_id)
            with company.store.write() as connection:
                connection.exec_driver_sql("INSERT INTO held VALUES (?, 'desk')", (customer.row_id,))
                if number == 4:
                    done = {drafts.GUIDE: {"page": drafts.DONE}}
                    drafts.merge(connection, task.row_id, customer.row_id, None, None, done, NOW)
                if number == 6:
                    file = {
                        "attachment_id": bytes(16),
                        "customer_id": customer.row_id,
                        "name": "a",
                        "key": b"k",
                    }
                    sending = {"state": FileState.SENDING, "size": 1, "sha256": ""}
                    connection.execute(attachment_file.insert().values(**file, **sending))
        return tasks


def day(scene: Scene) -> None:
    scene.visits.presenter.on_span_chosen(Span.ALL)


def kit(scene: Scene) -> None:
    scene.choose()


def accurate(scene: Scene) -> None:
    scene.check_in(9.0)


def inaccurate(scene: Scene) -> None:
    scene.check_in(40.0)
    scene.guide.presenter.on_answered("/data/opening/identity", "self")
    scene.guide.presenter.on_next()
    scene.guide.presenter.on_answered("/data/consent_part/consent", "yes")
    scene.guide.presenter.on_next()


def by_hand(scene: Scene) -> None:
    scene.place.positions.lack = Lack.NO_DEVICE
    scene.choose()
    scene.guide.presenter.on_dial()
    scene.guide.presenter.on_position_typed("门口")


def resumed(scene: Scene) -> None:
    inaccurate(scene)
    scene.place.move(HOUR // 2)
    scene.guide.presenter.open(None)
    scene.choose()


def wrap_up(scene: Scene) -> None:
    scene.check_in(9.0)
    scene.guide.presenter.on_wrap_up_asked()


def finished(scene: Scene) -> None:
    wrap_up(scene)
    scene.wrap_up.presenter.on_chosen("complete")
    scene.wrap_up.presenter.on_save(then_next=False)
    scene.go(Route("guide"))


def nothing(scene: Scene) -> None:
    with scene.place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET due_at = ?, done_at = 1", (NOW + 90 * DAY,))
        connection.exec_driver_sql("UPDATE task SET appointment_at = NULL")
    scene.visits.start()


STATES: dict[str, Callable[[Scene], None]] = {
    one.__name__: one
    for one in (day, kit, accurate, inaccurate, by_hand, resumed, wrap_up, finished, nothing)
}


def draw(name: str, file: Path) -> None:
    """One state."""
    with tempfile.TemporaryDirectory() as folder:
        place = open_workplace(Path(folder), sample_xform("visit_record"))
        with place.company.store.write() as connection:
            told = (Channel.VISIT, NOW + HOUR, NAMES[i18n.language()].format(1), "示例路 1 号")
            connection.exec_driver_sql("UPDATE task SET channel = ?, due_at = ?", told[:2])
            connection.exec_driver_sql(
                "UPDATE customer SET name = ?, address = ?, kind = 'company'", told[2:]
            )
            connection.exec_driver_sql("UPDATE customer SET title = NULL, city = '上海', province = NULL")
        scene = Scene(place)
        scene.window.show()
        STATES[name](scene)
        shoot(scene.window, file)
        put_away(scene.window)
        place.company.store.close()


def draw_all(folder: Path, names: Sequence[str]) -> None:
    """Everything, or the named states, at the scale this process was started with."""
    for ending in looks():
        for name in names or STATES:
            draw(name, folder / f"{name}_{ending}")


if __name__ == "__main__":
    gallery("tests.agent_app.features.visits.gallery", draw_all)
