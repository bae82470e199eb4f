"""Carries out what the machine of attachments asks for: tus and ranges over any Net, sealed files beside it.

What it learns goes back as a reply or as a KnownError; what to make of it is the machine's business.
"""

import hashlib
from collections.abc import Mapping

from agent_app.ports import SEALED_BLOCK, Net, Reply, SealedFiles
from agent_app.sync import attachments
from agent_app.sync.attachments import PIECE, Ask, Check, Checked, Fetch, Fetched, Request, Send, Standing
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.codec import decode
from server_sync.domain.wire.messages import Problem

ROAD = "/sync/attachments/"
TUS = {"Tus-Resumable": "1.0.0"}
PIECE_TYPE = "application/offset+octet-stream"
MESSAGE = "application/msgpack"
_FAILED = 500
# A reply to HEAD has no body that could say more; whoever may ask at all may ask for that.
_BY_STATUS = {
    401: ErrorKind.TOKEN_INVALID,
    403: ErrorKind.ACCOUNT_DISABLED,
    404: ErrorKind.NOT_FOUND,
    409: ErrorKind.OFFSET_WRONG,
    410: ErrorKind.NOT_FOUND,
    413: ErrorKind.TOO_LARGE,
    415: ErrorKind.FILE_TYPE_REFUSED,
    460: ErrorKind.FILE_DAMAGED,
    503: ErrorKind.SERVER_BUSY,
}


class Carrier:
    """Any network thread may use it; nothing is kept between two requests."""

    def __init__(self, net: Net, files: SealedFiles) -> None:
        self._net = net
        self._files = files

    def carry_out(self, request: Request) -> attachments.Reply:
        """Do one request to its end. Raises KnownError: what the server says, OFFLINE, or trouble of this disk."""
        match request:
            case Ask():
                return self._standing(request, self._ask("HEAD", request, TUS))
            case Send():
                return self._send(request)
            case Fetch():
                return self._fetch(request)
            case Check():
                return Checked(request.number, self._is_intact(request))

    def _send(self, request: Send) -> Standing:
        beside = request.offset % SEALED_BLOCK
        file = request.file
        piece = b""
        if request.size:
            read = self._files.read(file.name, file.key, request.offset - beside, beside + request.size)
            piece = read[beside:]
            if len(piece) != request.size:
                raise KnownError(ErrorKind.FILE_DAMAGED)
        headers = {**TUS, "Upload-Offset": str(request.offset), "Content-Type": PIECE_TYPE}
        return self._standing(request, self._ask("PATCH", request, headers, piece))

    def _fetch(self, request: Fetch) -> Fetched:
        last = request.offset + request.size - 1
        reply = self._ask("GET", request, {"Range": f"bytes={request.offset}-{last}"})
        file = request.file
        told = reply.headers.get("content-range")
        if reply.status != 206 or told != f"bytes {request.offset}-{last}/{file.size}":
            raise KnownError(ErrorKind.FILE_DAMAGED)
        if len(reply.body) != request.size:
            raise KnownError(ErrorKind.OFFLINE, why="torn")
        self._files.write(file.name, file.key, request.offset, reply.body)
        return Fetched(request.number, last + 1)

    def _is_intact(self, request: Check) -> bool:
        """Length and SHA-256 of the sealed file are those of its row."""
        file = request.file
        total = hashlib.sha256()
        try:
            for offset in range(0, file.size, PIECE):
                piece = self._files.read(file.name, file.key, offset, PIECE)
                if len(piece) != min(PIECE, file.size - offset):
                    return False
                total.update(piece)
        except KnownError as error:
            if error.kind is not ErrorKind.FILE_DAMAGED:
                raise
            return False
        return total.hexdigest() == file.sha256

    def _ask(self, method: str, request: Request, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        reply = self._net.send(method, ROAD + request.file.attachment_id.hex(), body, headers)
        if 200 <= reply.status < 300:
            return reply
        raise problem_of(reply)

    def _standing(self, request: Ask | Send, reply: Reply) -> Standing:
        """What the headers say; a server that says nothing of the kind is none of ours."""
        try:
            offset, size = (int(reply.headers[name]) for name in ("upload-offset", "upload-length"))
        except (KeyError, ValueError):
            raise KnownError(ErrorKind.NOT_A_SERVER, status=reply.status) from None
        if size != request.file.size or not 0 <= offset <= size:
            raise KnownError(ErrorKind.FILE_DAMAGED)
        return Standing(request.number, offset, reply.headers.get("upload-complete") == "?1")


def problem_of(reply: Reply) -> KnownError:
    """The server's error as ours: what it names, else what the status says."""
    if reply.body and reply.headers.get("content-type") == MESSAGE:
        try:
            problem = decode(reply.body, Problem)
        except KnownError:
            pass
        else:
            if problem.kind in list(ErrorKind):
                return KnownError(ErrorKind(problem.kind), **problem.values)
    kind = _BY_STATUS.get(reply.status)
    if kind is None:
        kind = ErrorKind.SERVER_FAILED if reply.status >= _FAILED else ErrorKind.NOT_A_SERVER
    return KnownError(kind, status=reply.status)
