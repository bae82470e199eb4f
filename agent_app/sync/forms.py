"""The company's forms at the server, for its administrators: files are checked, published, and given back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import unquote, urlencode

import msgspec

from agent_app.ports import Net, Reply
from agent_app.sync.client import problem_of
from server_sync.domain.errors import KnownError
from server_sync.domain.wire.forms import FormChecked, FormList, FormPublished

_PLACE = "/api/v1/forms"
_BYTES = {"Content-Type": "application/octet-stream"}
_NAMED = "filename*=UTF-8''"
_Message = TypeVar("_Message", bound=msgspec.Struct)


@dataclass(frozen=True)
class FormFile:
    """A form's file as it came, and what its author calls it."""

    name: str
    content: bytes


class FormsOffice:
    """Asks over a desk's connection; every call waits for the network. Raises KnownError: OFFLINE and its like, and
    what the server says: NOT_PERMITTED, FORM_TOO_LARGE, …"""

    def __init__(self, net: Net) -> None:
        self._net = net

    def check(self, file: FormFile) -> FormChecked:
        """What is found in a file; the server keeps nothing of it."""
        return self._ask("POST", f"/check?{urlencode({'filename': file.name})}", FormChecked, file.content)

    def publish(self, file: FormFile, code: str, note: str) -> FormPublished:
        """Make it the form's current version. Also FORM_INVALID and ALREADY_EXISTS."""
        asked = urlencode({"filename": file.name, "code": code, "note": note})
        return self._ask("POST", f"/publish?{asked}", FormPublished, file.content)

    def files(self) -> Mapping[bytes, str | None]:
        """By version what its file is called; None where that was not kept and its XForm stands in."""
        found = self._ask("GET", "", FormList)
        return {bytes.fromhex(one.id): one.file for form in found.forms for one in form.versions}

    def file(self, version_id: bytes) -> FormFile:
        """The file that a version came in, else its XForm. Also NOT_FOUND."""
        reply = self._net.send("GET", f"{_PLACE}/{version_id.hex()}/file")
        if reply.status != 200:
            raise _refusal(reply)
        _, _, name = reply.headers.get("content-disposition", "").partition(_NAMED)
        return FormFile(unquote(name) or f"{version_id.hex()}.xml", reply.body)

    def _ask(self, method: str, path: str, shape: type[_Message], body: bytes = b"") -> _Message:
        reply = self._net.send(method, _PLACE + path, body, _BYTES if body else None)
        if reply.status == 200:
            try:
                return msgspec.json.decode(reply.body, type=shape)
            except (msgspec.DecodeError, UnicodeDecodeError):
                raise problem_of(reply, {}) from None
        raise _refusal(reply)


def _refusal(reply: Reply) -> KnownError:
    """What the server says of itself, or that it is none."""
    try:
        content = msgspec.json.decode(reply.body, type=dict)
    except (msgspec.DecodeError, UnicodeDecodeError):
        content = {}
    return problem_of(reply, content)
