"""Draws a form with every kind of question, its list, what it asks first and its repeats, into PNG files to look at.

``python -m tests.agent_app.ui.forms.gallery OUTDIR [NAME …]`` draws light and dark, zh_CN and en, at 100 and 150 %.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from agent_app.actions.attachments import Made
from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import Lack
from agent_app.ui.forms.canvas import Canvas
from agent_app.ui.forms.files import FileEditor
from agent_app.ui.forms.located import BarcodeEditor
from tests.agent_app.desk import open_company
from tests.agent_app.pictures import gallery, looks, put_away, settle, shoot
from tests.agent_app.ui.forms.devices import scene
from tests.agent_app.ui.forms.host import FormHost, every_kind, files_form

SIZES = {"narrow": (624, 770), "usual": (720, 870), "wide": (1100, 870)}


def words(host: FormHost) -> None:
    host.sheet.on_answered("/data/words/people", "40")
    host.sheet.on_answered("/data/words/area", "viel")
    host.view.page.toggle_guidance()


def scores(host: FormHost) -> None:
    host.sheet.go("csat")
    for name, value in (("csat", "4"), ("nps", "9"), ("stars", "4"), ("budget", "12.5")):
        host.sheet.on_answered(f"/data/scores/{name}", value)


def choices(host: FormHost) -> None:
    host.sheet.go("wishes")
    host.sheet.on_answered("/data/choices_part/wishes", "price repair")
    for cap in ("C", "A"):
        host.view.page.start_at("/data/choices_part/order")
        host.view.page.press_key(cap)


def matrix(host: FormHost) -> None:
    host.sheet.go("speed")
    host.sheet.on_answered("/data/matrix/speed", "4")


def rules(host: FormHost) -> None:
    host.sheet.go("rules")


def city(host: FormHost) -> None:
    host.sheet.go("city")
    host.sheet.on_answered("/data/city", "xm")
    host.view.start_at("/data/city")
    line = host.view.page.findChild(QLineEdit)
    assert line is not None
    line.setText("sh")
    line.textEdited.emit("sh")


def cities(host: FormHost) -> None:
    host.sheet.go("cities")
    host.sheet.on_answered("/data/cities", "sh cd hz")


def times(host: FormHost) -> None:
    host.sheet.go("moving")
    host.sheet.on_answered("/data/times/moving", "下周三")
    host.sheet.on_answered("/data/times/at", "下午3点半")
    host.sheet.on_answered("/data/times/visit", "很快")


def places(host: FormHost) -> None:
    host.sheet.go("here")
    host.sheet.on_answered("/data/places/here", "31.2304, 121.4737")


def repeat(host: FormHost) -> None:
    host.sheet.go("who")
    host.sheet.on_answered("/data/member[1]/who", "成员甲")
    host.sheet.on_next()
    host.sheet.on_next()
    host.sheet.on_another_asked()


def another(host: FormHost) -> None:
    repeat(host)
    host.sheet.on_answered("/data/member[2]/who", "成员乙")
    host.sheet.on_next()
    host.sheet.on_next()


def removing(host: FormHost) -> None:
    another(host)
    host.sheet.on_back()
    host.sheet.on_remove_asked()


def dropping(host: FormHost) -> None:
    host.sheet.go("problem")
    for name, value in (("problem", "y"), ("what", "遥控器失灵"), ("since", "上周五"), ("problem", "n")):
        host.sheet.on_answered(f"/data/{name}", value)


def listed(host: FormHost) -> None:
    scores(host)
    host.sheet.on_answered("/data/problem", "n")
    host.sheet.on_answered("/data/words/people", "40")
    host.view.toggle_side()


def _files(host: FormHost, name: str) -> FileEditor:
    host.sheet.go(name)
    settle(host.column)
    return next(one for one in host.view.page.findChildren(FileEditor) if one.question.name == name)


def photo(host: FormHost) -> None:
    _files(host, "photo").give_picture(scene())


def camera(host: FormHost) -> None:
    _files(host, "photo").press_key("C")
    assert host.devices.eye.see is not None
    host.devices.eye.see(scene())


def refused(host: FormHost) -> None:
    given = Made("合同.pdf", b"%PDF-1.7")
    host.sheet.on_file_given(_files(host, "photo").question.path, lambda: given)


def recording(host: FormHost) -> None:
    _files(host, "voice").press_key("R")
    assert host.devices.ear.hear is not None
    for loud in (200, 9_000):
        host.devices.ear.hear(loud.to_bytes(2, "little") * 50_000)


def recorded(host: FormHost) -> None:
    recording(host)
    _files(host, "voice").press_key("R")


def cut_off(host: FormHost) -> None:
    host.sheet.go("photo")
    host.sheet.on_sound("/data/voice", (9_000).to_bytes(2, "little") * 16_000 * 65)
    host.sheet.sit_down_again()
    _files(host, "voice")


def signature(host: FormHost) -> None:
    _files(host, "sign")
    _draw(host, ((40, 90), (70, 40), (95, 110), (130, 60), (170, 100), (220, 70), (260, 95)))


def annotated(host: FormHost) -> None:
    _files(host, "marks").give_picture(scene())
    _draw(host, ((120, 60), (180, 50), (200, 110), (150, 140), (115, 90), (120, 60)))


def film(host: FormHost) -> None:
    _files(host, "clip")


def located(host: FormHost) -> None:
    host.sheet.go("here")
    host.sheet.on_answered("/data/here", "31.2304, 121.4737 4 140")


def way(host: FormHost) -> None:
    host.sheet.go("way")
    host.sheet.on_answered("/data/way", "31.2304, 121.4737 4 8; 31.2311, 121.4750 4 6")


def barcode(host: FormHost) -> None:
    host.sheet.go("serial")
    settle(host.column)
    host.view.page.findChildren(BarcodeEditor)[-1].help_out()
    assert host.devices.eye.see is not None
    host.devices.eye.see(scene())


def bare(host: FormHost) -> None:
    host.devices.lack = Lack.NOT_INSTALLED
    _files(host, "voice").press_key("R")


def _draw(host: FormHost, points: Sequence[tuple[int, int]]) -> None:
    canvas = host.view.page.findChildren(Canvas)[-1]
    settle(host.column)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*points[0]))
    for one in points[1:]:
        QTest.mouseMove(canvas, QPoint(*one))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(*points[-1]))
    canvas.flush()


VISITS: dict[str, Callable[[FormHost], None]] = {
    one.__name__: one
    for one in (
        photo, camera, refused, recording, recorded, cut_off, signature, annotated, film, located, way, barcode, bare,
    )
}  # fmt: skip
"""Of the form that asks for files, places and a barcode."""

STATES: dict[str, Callable[[FormHost], None]] = {
    one.__name__: one
    for one in (
        words, scores, choices, matrix, rules, city, cities, times, places, repeat, another, removing, dropping, listed,
    )
}  # fmt: skip


def draw(name: str, size: tuple[int, int], file: Path) -> None:
    """One state at one size."""
    with tempfile.TemporaryDirectory() as folder:
        company = open_company(Path(folder))
        if name in VISITS:
            files = SealedFolder(Path(folder) / "attachments")
            host = FormHost(company, files_form(), {"/data/damaged": "yes"}, files)
        else:
            host = FormHost(company, every_kind())
        host.column.resize(*size)
        host.column.show()
        {**STATES, **VISITS}[name](host)
        shoot(host.column, file)
        put_away(host.column)
        company.store.close()


def draw_all(folder: Path, names: Sequence[str]) -> None:
    """Everything, or the named states, at the scale this process was started with."""
    for ending in looks():
        for width, size in SIZES.items():
            for name in names or (*STATES, *VISITS):
                draw(name, size, folder / f"{name}_{width}_{ending}")


if __name__ == "__main__":
    gallery("tests.agent_app.ui.forms.gallery", draw_all)
