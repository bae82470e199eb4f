"""A form on its own in a work column, with the presenter that every face of it shares; nothing is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from textwrap import dedent

from PySide6.QtCore import QObject, Slot

from agent_app.actions.sittings import FormDraft, Sitting
from agent_app.ports import SealedFiles
from agent_app.ui.forms.filling import Filling
from agent_app.ui.forms.presenter import FormPresenter
from agent_app.ui.forms.state import FormState
from agent_app.ui.forms.view import FormView
from agent_app.ui.panels import WorkColumn
from server_sync.domain.forms import session
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.ui.forms.devices import Devices

FORM = Path(__file__).with_name("every_kind.md")
PHOTOS = Path(__file__).with_name("photos.md")


class Sheet(FormPresenter):
    """Draws into a list; `kept` counts what would have been saved. With `files` it takes them, for nobody."""

    def __init__(
        self,
        company: Company,
        xform: str,
        answers: Mapping[str, str] | None = None,
        files: SealedFiles | None = None,
    ) -> None:
        super().__init__(company.session(company.organisation.north_agents[0], ImmediateWork()), files)
        filled = session.start(
            read_form(xform),
            now=company.clock.now(),
            zone=TIMEZONE,
            answers=answers,
            language="zh-CN",
            seed="s",
        )
        clock = company.clock
        if files is not None:
            self._sitting = Sitting(filled, FormDraft(), bytes(16), bytes(16), clock.now(), clock.monotonic)
        self._filling = Filling(filled, clock.now, TIMEZONE, takes_files=files is not None)
        self.drawn: list[FormState] = [self._filling.state()]
        self.kept = 0
        self.left = 0

    @property
    def state(self) -> FormState:
        """What was drawn last."""
        return self.drawn[-1]

    def value(self, name: str) -> str:
        """The stored answer of the question with this name."""
        assert self._filling is not None
        found = [
            value for path, value in self._filling.session.answers().items() if path.endswith(f"/{name}")
        ]
        return found[0] if found else ""

    def names(self) -> list[str]:
        """The questions of the page."""
        return [] if self.state.page is None else [one.name for one in self.state.page.questions]

    def go(self, name: str) -> None:
        """To the page of the question with this name."""
        assert self._filling is not None
        self.on_question_asked(
            next(path for path in self._filling.outline.paths if path.endswith(f"/{name}"))
        )

    def sit_down_again(self) -> None:
        """As after a kill: what the draft says is all that is known."""
        assert self._sitting is not None
        filled, kept, clock = self._sitting.session, self._sitting.draft(), self._session.desk.clock
        self._sitting = Sitting(filled, kept, bytes(16), bytes(16), clock.now(), clock.monotonic)

    def put_media(self, get: Callable[[str], bytes | None]) -> None:
        """What stands beside the words."""
        self._session.form_media = lambda version_id, name: get(name)

    def _media_version(self) -> bytes | None:
        return bytes(16)

    def _form_changed(self, *, save: bool) -> None:
        assert self._filling is not None
        self.kept += save
        self.drawn.append(self._filling.state())

    def _form_left(self) -> None:
        self.left += 1


class FormHost(QObject):
    """The sheet with its view, drawn at each change."""

    def __init__(
        self,
        company: Company,
        xform: str,
        answers: Mapping[str, str] | None = None,
        files: SealedFiles | None = None,
        devices: Devices | None = None,
    ) -> None:
        super().__init__()
        self.devices = devices or Devices()
        self.now = company.clock.now
        self.column = WorkColumn()
        self.column.setAccessibleName("表单")
        self.sheet = _Drawn(company, xform, answers, files, self)
        self.view = FormView(self.sheet, self.column, TIMEZONE, self.devices)
        self.column.body.addWidget(self.view)
        self.column.body.addStretch(1)
        self.draw()

    @Slot()
    def draw(self) -> None:
        """Show the sheet as it stands."""
        self.view.show_state(self.sheet.state, self.now())


class _Drawn(Sheet):
    def __init__(
        self,
        company: Company,
        xform: str,
        answers: Mapping[str, str] | None,
        files: SealedFiles | None,
        host: FormHost,
    ) -> None:
        super().__init__(company, xform, answers, files)
        self._host = host

    def _form_changed(self, *, save: bool) -> None:
        super()._form_changed(save=save)
        self._host.draw()


@cache
def xform_of(table: str) -> str:
    """A form written as a Markdown table."""
    return publish(dedent(table).strip().encode(), "form.md").xform_xml


@cache
def files_form() -> str:
    """The form beside this file that asks for files, places and a barcode."""
    return publish(PHOTOS, PHOTOS.name).xform_xml


@cache
def every_kind() -> str:
    """The form beside this file, with every kind of question, as an XForm."""
    return publish(FORM, FORM.name).xform_xml
