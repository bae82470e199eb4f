"""The short way to the routes that desks take all day long; everything else goes through the framework."""

from collections.abc import Iterable

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from server_sync.http import errors


class Directly:
    """ASGI middleware that calls endpoints which take the request and give the response. The framework would go through
    ten layers to them and work out anew for each request that there is nothing to work out: longer than an idle pull
    itself takes."""

    def __init__(self, app: ASGIApp, *, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        self._routes = {
            (method, route.path): route
            for route in routes
            if isinstance(route, APIRoute)
            for method in route.methods or ()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = self._routes.get((scope.get("method", ""), scope.get("path", "")))
        if route is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = route
        try:
            response = await route.endpoint(Request(scope, receive))
        except Exception as error:
            reply = errors.expected(error, scope["path"])
            if reply is None:
                raise
            response = reply
        await response(scope, receive, send)
