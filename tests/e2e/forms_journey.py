"""The administrator's day with forms: a workbook is checked, corrected, tried, published and given back; answers are
read and exported."""

from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

from agent_app.features.forms.state import ImportState, Phase
from agent_app.ports import Route
from tests.e2e.desk import Seat
from tests.e2e.story import Story, desk_rows, server_rows
from tests.e2e.world import World

SURVEY: list[list[str | None]] = [
    ["type", "name", "label", "relevant"],
    ["select_one yn", "consent", "方便现在回访吗?", None],
    ["text", "opinion", "您对产品还满意吗?", "${consent} = 'y'"],
]
CHOICES: list[list[str | None]] = [["list_name", "name", "label"], ["yn", "y", "方便"], ["yn", "n", "不方便"]]


class Places:
    """The file dialogs, answered by a person who knows what he wants."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.given = folder

    def choose(self, title: str, kinds: str, on_chosen: Callable[[Sequence[Path]], object]) -> None:
        on_chosen([self.given])

    def save_as(self, title: str, name: str, on_chosen: Callable[[Path], object]) -> None:
        on_chosen(self.folder / f"copy of {name}")


def b2_a_form_is_renewed(story: Story, world: World, seat: Seat) -> None:
    """From the workbook to the answers; the agents' open forms are not touched."""
    room, places = seat.desk.forms.room, Places(world.folder)
    room.file_dialogs = seat.desk.lead.responses.table.file_dialogs = places
    seat.desk.go(Route("forms"))
    seat.until(lambda: room.room.state.version is not None)
    story.step("forms", seat)

    places.given = _workbook(world.folder / "关怀.xlsx", "1", "${CONSENT} = 'y'")
    checked = _import(seat)
    assert [(one.kind, one.row, one.suggestion) for one in checked.findings if one.error] == [
        ("reference_unknown", 3, "consent")
    ]
    story.step("form with an error", seat)

    places.given = _workbook(world.folder / "关怀.xlsx", "1", "${consent} = 'y'")
    assert _import(seat).publishable
    _publish(seat)
    seat.until(lambda: ("1",) in desk_rows(seat, "SELECT version FROM form_version v JOIN form f "
                                             "ON f.id = v.form_id WHERE f.code = 'care'"))  # fmt: skip
    places.given = second = _workbook(world.folder / "关怀 2.xlsx", "2", "${consent} != 'n'")
    assert [change.name for change in _import(seat).changes] == ["opinion"]
    story.step("form to be published", seat)
    seat.press("Alt+T")
    seat.until(lambda: room.trial.state is not None and room.trial.state.form is not None)
    story.step("form tried", seat)
    seat.press("Escape")
    _publish(seat)
    story.step("form published", seat)
    seat.press("Escape")

    [(form_id,)] = server_rows(world, "SELECT id FROM form WHERE code = 'care'")
    seat.until(lambda: any(one.id == form_id for one in room.room.state.forms))
    room.open(form_id)
    seat.until(lambda: len(room.room.state.versions) == 2 and bool(room.room.state.changes))
    story.step("form with its versions", seat)
    seat.press("Alt+E")
    seat.until(lambda: bool(room.room.state.saved))
    assert (world.folder / "copy of 关怀 2.xlsx").read_bytes() == second.read_bytes()


def b3_answers_are_read_and_exported(story: Story, world: World, seat: Seat) -> None:
    """The table of responses, one of them, and all of them as a workbook."""
    table = seat.desk.lead.responses.table
    table.file_dialogs = places = Places(world.folder)
    seat.desk.go(Route("responses"))
    seat.until(lambda: bool(table.presenter.state.ids) and table.presenter.state.tables is not None)
    ids = table.presenter.state.ids
    assert ids
    table.presenter.on_response_chosen(ids[0])
    seat.until(lambda: table.presenter.state.reading is not None)
    story.step("responses", seat)
    seat.press("Alt+E")
    story.step("responses to be exported", seat)
    seat.press("Return")
    seat.until(lambda: bool(table.presenter.state.exported))
    story.step("responses exported", seat)
    file = places.folder / table.presenter.state.exported
    sheet = load_workbook(file, read_only=True).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows()) == len(ids) + 1


def _import(seat: Seat) -> ImportState:
    """Check the file that the dialogs give; the import when it is checked."""
    importing = seat.desk.forms.room.importing
    seat.press("Alt+I")
    seat.until(lambda: importing.state is not None and importing.state.phase is Phase.CHECKED)
    seat.settle()
    assert importing.state is not None
    assert importing.state.trouble is None
    return importing.state


def _publish(seat: Seat) -> None:
    importing = seat.desk.forms.room.importing
    seat.press("Alt+P")
    seat.until(lambda: importing.state is not None and importing.state.phase is Phase.PUBLISHED)


def _workbook(file: Path, version: str, relevant: str) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    survey = [*SURVEY[:-1], [*SURVEY[-1][:-1], relevant]]
    settings: list[list[str | None]] = [["form_id", "form_title", "version"], ["care", "关怀回访", version]]
    for name, rows in (("survey", survey), ("choices", CHOICES), ("settings", settings)):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file
