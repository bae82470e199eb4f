"""Forms over HTTP, for administrators: a file is checked, published, listed, and given back as it came.

    POST /api/v1/forms/check     what is found in the file of the body; nothing is kept
    POST /api/v1/forms/publish   the file becomes the form's current version, if nothing forbids it
    GET  /api/v1/forms           every form with its versions
    GET  /api/v1/forms/{id}/file the file that a version came in

The body of a POST is the file itself, or a .zip of it with the files that it names; what it is called, and more, stands
in the query.
"""

import re
from urllib.parse import quote

import anyio.to_thread
import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from server_sync.accounts.gate import Visitor
from server_sync.automation.check_process import check_apart
from server_sync.automation.form_list import FormFile, file_of, list_forms
from server_sync.automation.forms import Source, Stored, store_form
from server_sync.domain.commands import Accepted
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.bundle import MAX_BUNDLE, is_packed, media_of
from server_sync.domain.forms.bundle import unpack as unpack_form
from server_sync.domain.forms.publishing import PublishedForm
from server_sync.domain.forms.xlsform.grids import MAX_FILE
from server_sync.domain.wire.forms import FormChecked, FormList, FormPublished
from server_sync.http.administrators import administrator_of
from server_sync.http.bodies import read_body, unpack
from server_sync.http.routes.attachments import HARMLESS, PLAIN
from server_sync.http.services import Services, services_of
from server_sync.http.shapes import JSON, speaks
from server_sync.store.audit import Record, record

router = APIRouter(prefix="/api/v1/forms", default_response_class=Response)

LONGEST_NAME = 200
LONGEST_NOTE = 2_000
COMMAND = "publish_form"
_ID = re.compile(r"[0-9a-f]{32}")
_FILE = {
    "requestBody": {
        "required": True,
        "content": {PLAIN: {"schema": {"type": "string", "format": "binary"}}},
    }
}


def _in_query(name: str, *, required: bool) -> dict[str, object]:
    return {"name": name, "in": "query", "required": required, "schema": {"type": "string"}}


_CHECKED = {**speaks(gives=FormChecked), **_FILE, "parameters": [_in_query("filename", required=True)]}
_PUBLISHED = {
    **speaks(gives=FormPublished),
    **_FILE,
    "parameters": [
        _in_query("filename", required=True),
        _in_query("code", required=False),
        _in_query("note", required=False),
    ],
}
_FETCHED = {
    **speaks(),
    "parameters": [{"name": "version", "in": "path", "required": True, "schema": {"type": "string"}}],
}


@router.get("", openapi_extra=speaks(gives=FormList))
async def listed(request: Request) -> Response:
    """Every form with its versions."""
    services = services_of(request)
    await administrator_of(request, "forms")
    return _json(await run_in_threadpool(_list, services))


@router.post("/check", openapi_extra=_CHECKED)
async def check(request: Request) -> Response:
    """What is found in the file of the body; nothing is kept."""
    await administrator_of(request, "forms")
    return _json(await _checked(request, await _body(request)))


@router.post("/publish", openapi_extra=_PUBLISHED)
async def publish(request: Request) -> Response:
    """Make the file of the body the form's current version; FORM_INVALID {errors} when the check finds any."""
    services = services_of(request)
    visitor = await administrator_of(request, "forms")
    code, note = _text(request, "code", LONGEST_NAME), _text(request, "note", LONGEST_NOTE)
    body = await _body(request)
    checked = await _checked(request, body)
    if checked.form is None:
        raise KnownError(ErrorKind.FORM_INVALID, errors=sum(one.error for one in checked.findings))
    form = PublishedForm(checked.form.code, checked.form.title, checked.form.version, checked.form.xform)
    name = _text(request, "filename", LONGEST_NAME)
    bundle = await run_in_threadpool(unpack_form, name, body)
    media = media_of(form.xform_xml, bundle.files.get)
    source = Source(name, body, visitor.person_id, note or None, media)
    stored = await run_in_threadpool(_store, services, visitor, form, code or None, source)
    return _json(
        FormPublished(
            code=stored.code,
            version=stored.version,
            version_id=stored.version_id.hex(),
            outcome=stored.outcome.value,
        )
    )


@router.get("/{version}/file", openapi_extra=_FETCHED)
async def fetch(request: Request) -> Response:
    """The file that a version came in, else its XForm."""
    services = services_of(request)
    await administrator_of(request, "forms")
    named = request.path_params["version"]
    if not _ID.fullmatch(named):
        raise KnownError(ErrorKind.NOT_FOUND, table="form_version")
    file = await run_in_threadpool(_file, services, bytes.fromhex(named))
    disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(file.content, headers={**HARMLESS, "Content-Disposition": disposition}, media_type=PLAIN)


async def _body(request: Request) -> bytes:
    most = MAX_BUNDLE if is_packed(_text(request, "filename", LONGEST_NAME)) else MAX_FILE
    body = await read_body(request, most)
    return unpack(body, request.headers.get("content-encoding", ""), most)


async def _checked(request: Request, body: bytes) -> FormChecked:
    name = _text(request, "filename", LONGEST_NAME)
    if not name:
        raise KnownError(ErrorKind.FIELD_MISSING, field="filename")
    return await anyio.to_thread.run_sync(check_apart, body, name, limiter=services_of(request).checks)


def _text(request: Request, name: str, longest: int) -> str:
    """A text of the query; "" when it is not there. No control characters: a database takes no NUL."""
    text = request.query_params.get(name, "").strip()
    if len(text) > longest:
        raise KnownError(ErrorKind.TEXT_TOO_LONG, field=name, most=longest)
    if any(ord(sign) < 32 and sign != "\n" for sign in text) or _is_torn(text):
        raise KnownError(ErrorKind.FIELD_INVALID, field=name)
    return text


def _is_torn(text: str) -> bool:
    """Whether it has halves of characters, which no UTF-8 has."""
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def _list(services: Services) -> FormList:
    with services.database.read() as connection:
        return list_forms(connection)


def _file(services: Services, version_id: bytes) -> FormFile:
    with services.database.read() as connection:
        return file_of(connection, version_id)


def _store(
    services: Services, visitor: Visitor, form: PublishedForm, code: str | None, source: Source
) -> Stored:
    with services.database.write(services.clock.now()) as tx:
        stored = store_form(tx, services.ids, form, code, source)
        record(tx, [Record(visitor.person_id, COMMAND, Accepted(stored.changes), visitor.device_id)])
    return stored


def _json(message: msgspec.Struct) -> Response:
    return Response(msgspec.json.encode(message), media_type=JSON)
