"""A server's forms without a server, for tests and pictures: the real check, and publishing that is remembered."""

from collections.abc import Mapping
from urllib.parse import parse_qs, quote, urlsplit

import msgspec

from agent_app.ports import Reply
from agent_app.sync.forms import FormsOffice
from server_sync.automation.check_process import check
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.publishing import publish
from server_sync.domain.wire.forms import FormList, FormPublished
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

FORM = """| survey | | | | |
| | type | name | label | relevant |
| | select_one yn | consent | 方便现在回访吗? | |
| | begin_group | use | 使用情况 | |
| | text | opinion | {name}您对产品还满意吗? | ${{consent}} = 'y' |
| | end_group | | | |
| choices | | | |
| | list_name | name | label |
| | yn | y | 方便 |
| | yn | n | 不方便 |
| settings | | | |
| | form_id | form_title | version |
| | care | 关怀回访 | {version} |
"""


def workbook(version: str = "1", *edits: tuple[str, str]) -> bytes:
    """A small form, its texts replaced."""
    text = FORM.format(version=version, name="")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


class FormsNet:
    """`ports.Net` of a server that knows forms alone; `away` is one that cannot be reached."""

    def __init__(self) -> None:
        self.away = False
        self.refuses: KnownError | None = None
        self.files: dict[str, tuple[str, bytes]] = {}
        self.published: list[tuple[str, str, str]] = []
        """(code, version, note)."""

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        if self.away:
            raise KnownError(ErrorKind.OFFLINE)
        if self.refuses is not None:
            problem = {"kind": self.refuses.kind.value, "values": self.refuses.values}
            return Reply(400, msgspec.json.encode(problem))
        parts = urlsplit(path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match parts.path.removeprefix("/api/v1/forms").split("/"):
            case ["", "check"]:
                return Reply(200, msgspec.json.encode(check(body, asked["filename"])))
            case ["", "publish"]:
                return Reply(200, msgspec.json.encode(self._publish(body, asked)))
            case ["", version, "file"] if version in self.files:
                name, content = self.files[version]
                return Reply(
                    200, content, {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
                )
            case [""]:
                return Reply(200, msgspec.json.encode(FormList(forms=[])))
            case _:
                return Reply(404, msgspec.json.encode({"kind": "not_found", "values": {}}))

    def _publish(self, body: bytes, asked: Mapping[str, str]) -> FormPublished:
        found = check(body, asked["filename"]).form
        assert found is not None
        self.published.append((asked.get("code", found.code), found.version, asked.get("note", "")))
        return FormPublished(code=found.code, version=found.version, version_id="0" * 32, outcome="updated")


def office(net: FormsNet) -> FormsOffice:
    """What presenters ask."""
    return FormsOffice(net)


def put_version(
    company: Company, version: str, content: bytes, at: int = 0, note: str | None = None
) -> bytes:
    """A published version of the form `care`, as it comes from the server; the last one is current."""
    made = publish(content, "care.md")
    version_id, form_id = f"care-version-{version:>3}".encode(), b"form-of-care-001"
    values = {"form_id": form_id, "version": version, "xform": made.xform_xml, "published_at": NOW + at}
    company.put(
        Insert(
            "form_version",
            {
                "id": version_id,
                **values,
                "published_by": company.organisation.north_lead.person_id,
                "change_note": note,
            },
        )
    )
    with company.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM form WHERE id = ?", (form_id,))
    company.put(
        Insert("form", {"id": form_id, "code": "care", "title": made.title, "current_version_id": version_id})
    )
    return version_id
