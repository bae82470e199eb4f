"""One POST to a web address, within a time, with a short answer; what the answer means is the channel's business."""

import http.client
import json
import socket
import ssl
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from server_sync.channels.cut_off import cut_off
from server_sync.channels.port import CONNECT_SECONDS, SECONDS, NotSent
from server_sync.jobs.deliveries import Refusal

LONGEST_REPLY = 64 * 1024
# Refusals that another try may turn.
_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS)


def post(url: str, body: bytes, headers: Mapping[str, str], seconds: float = SECONDS) -> bytes:
    """Post a body; returns the answer's. Redirections are not followed. Raises NotSent for any status but 2xx."""
    parts = urlsplit(url)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(parts.netloc, timeout=CONNECT_SECONDS, context=context)
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=CONNECT_SECONDS)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    opened: list[
        socket.socket
    ] = []  # the connection lets go of its own while an answer without a length is read
    try:
        with cut_off(seconds, lambda: opened[0] if opened else connection.sock):
            connection.connect()
            opened.append(connection.sock)
            connection.request("POST", target, body, dict(headers))
            with connection.getresponse() as reply:
                content = reply.read(LONGEST_REPLY)
                if reply.length and len(content) < LONGEST_REPLY:
                    raise http.client.IncompleteRead(content, reply.length)
    except TimeoutError as error:
        raise NotSent(Refusal.TIMED_OUT) from error
    except (OSError, http.client.HTTPException) as error:
        raise NotSent(Refusal.UNREACHABLE) from error
    finally:
        connection.close()
    if reply.status // 100 == 2:
        return content
    lasting = reply.status // 100 != 5 and reply.status not in _LATER
    raise NotSent(Refusal.REFUSED, lasting=lasting)


def post_json(url: str, value: Any, headers: Mapping[str, str], seconds: float = SECONDS) -> bytes:
    """Post a JSON value."""
    content_type = {"Content-Type": "application/json; charset=utf-8"}
    return post(url, json.dumps(value, ensure_ascii=False).encode(), {**content_type, **headers}, seconds)
