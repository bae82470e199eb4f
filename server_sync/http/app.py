"""The web application: routes, errors and envelope joined around one database; serving it is `serving`'s part."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.utils import get_openapi

from server_sync.accounts.gate import Gate
from server_sync.accounts.sign_in import SignIn
from server_sync.domain.clock import Clock
from server_sync.domain.ids import Ids
from server_sync.domain.wire.versions import PROTOCOL
from server_sync.http import errors, limits
from server_sync.http.directly import Directly
from server_sync.http.envelope import Envelope
from server_sync.http.routes import (
    accounts,
    attachments,
    calendar,
    documents,
    form_media,
    forms,
    health,
    live,
    plans,
    ready,
    sync,
)
from server_sync.http.services import Services
from server_sync.http.shapes import components
from server_sync.http.streams import Streams
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.database import Database
from server_sync.store.partitions import Scope
from server_sync.sync.attachments import Attachments
from server_sync.sync.forgeries import Forgeries
from server_sync.sync.live import Hub
from server_sync.sync.ready import ReadyFiles, default_folder

logger = logging.getLogger(__name__)
CONTACTS_SECONDS = 15.0


def create_app(
    database: Database, clock: Clock, ids: Ids, streams: Streams, files: AttachmentFiles
) -> FastAPI:
    """The application. Whoever serves it closes `streams` before it waits for open requests, at last the database."""
    hub = Hub()
    database.listen(hub.notify, missed=hub.notify_all)
    services = Services(
        database=database,
        clock=clock,
        gate=Gate(database, clock),
        sign_in=SignIn(database, clock),
        hub=hub,
        forgeries=Forgeries(database),
        streams=streams,
        pushes=CapacityLimiter(limits.PUSHES_AT_ONCE),
        pulls=CapacityLimiter(limits.PULLS_AT_ONCE),
        sign_ins=CapacityLimiter(limits.PASSWORDS_AT_ONCE),
        attachments=Attachments(database, files),
        transfers=CapacityLimiter(limits.TRANSFERS_AT_ONCE),
        ready=ReadyFiles(database, default_folder(database), clock),
        making=CapacityLimiter(limits.MAKINGS_AT_ONCE),
        checks=CapacityLimiter(limits.CHECKS_AT_ONCE),
        previews=CapacityLimiter(limits.PREVIEWS_AT_ONCE),
        ids=ids,
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        with hub.subscribe([Scope.REF]) as company:
            works = (
                asyncio.create_task(_write_contacts(services.gate)),
                asyncio.create_task(streams.watch(company, partial(live.lapsed, database, services.gate))),
            )
            yield
            for work in works:
                work.cancel()
                with suppress(asyncio.CancelledError):
                    await work
        await run_in_threadpool(services.gate.write_contacts)

    app = FastAPI(
        title="Huifang",
        version=str(PROTOCOL),
        description="Follow-up desks and their server.",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a redirect would name whatever host the request does
        lifespan=lifespan,
    )
    app.state.services = services
    for routes in (
        health,
        accounts,
        calendar,
        forms,
        form_media,
        plans,
        sync,
        ready,
        live,
        attachments,
        documents,
    ):
        app.include_router(routes.router)
    errors.install(app)
    app.add_middleware(Directly, routes=sync.router.routes)
    app.add_middleware(Envelope, clock=clock, ids=ids)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]  # FastAPI's own way to extend it
    return app


async def _write_contacts(gate: Gate) -> None:
    while True:
        await asyncio.sleep(CONTACTS_SECONDS)
        try:
            await run_in_threadpool(gate.write_contacts)
        except Exception:  # the database is away for a moment, say; who is heard of then is noted anew
            logger.exception("contacts were not written")


def _openapi(app: FastAPI) -> dict[str, Any]:
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        document.setdefault("components", {})["schemas"] = components()
        for about in (one for methods in document["paths"].values() for one in methods.values()):
            # The framework's own shape of a refusal; here it is a Problem like any other.
            about["responses"].pop("422", None)
        app.openapi_schema = document
    return app.openapi_schema
