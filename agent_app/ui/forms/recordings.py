"""Recordings of sounds while they are made: sealed piece by piece beside the draft that names them, so that what was
heard outlives the program; what comes of a whole one is ``presenter``'s. No widgets.

A piece is a block of a sealed file, two seconds long: encrypted before it is on the disk, and never longer than that in
memory alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from agent_app.actions.attachments import Sealed, abandon_attachment, begin_attachment
from agent_app.actions.session import DeskSession
from agent_app.actions.sittings import Sitting
from agent_app.ports import SEALED_BLOCK, SealedFiles
from agent_app.store import attachments
from agent_app.store.attachments import FileState, LocalFile
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import AttachmentKind


@dataclass
class _UnderWay:
    """One recording: what waits to be written, and what is written of it or just being."""

    sitting: Sitting
    file: LocalFile
    waiting: bytearray = field(default_factory=bytearray)
    position: int = 0
    writing: bool = False


class Recordings:
    """Those of one presenter, by the path of their question. Where the disk takes no more they go on in memory, and why
    is told when they end."""

    def __init__(self, session: DeskSession, files: SealedFiles) -> None:
        self._session = session
        self._files = files
        self._under_way: dict[str, _UnderWay] = {}

    def hear(self, sitting: Sitting, path: str, samples: bytes, keep: Callable[[Sitting], object]) -> None:
        """More of a recording; `keep` saves the draft when it is to name it."""
        one = self._under_way.get(path)
        if one is None or one.sitting is not sitting:
            session = self._session
            ids = session.new_id(), sitting.customer_id, session.new_id().hex()
            file = LocalFile(*ids, self._files.new_key(), FileState.WRITING, looked_at=session.now())
            one = self._under_way[path] = _UnderWay(sitting, file)
        one.waiting += samples
        self._write(path, one, keep)

    def ended(self, path: str) -> None:
        """It is in memory as a whole, and will be sealed as such."""
        self._under_way.pop(path, None)

    def cut_off(
        self,
        sitting: Sitting,
        path: str,
        on_heard: Callable[[bytes], object],
        on_error: Callable[[Exception], object],
    ) -> None:
        """The samples of a recording that the program did not live to end, if there is one."""
        kept, under_way = sitting.recordings.get(path), self._under_way.get(path)
        if kept is None or (under_way is not None and under_way.sitting is sitting):
            return
        files, session = self._files, self._session

        def found(file: LocalFile | None) -> None:
            if file is not None:
                session.load(lambda: heard(files, file), on_heard, on_error)

        session.read(lambda connection: attachments.load(connection, kept.attachment_id), found, on_error)

    def _write(self, path: str, one: _UnderWay, keep: Callable[[Sitting], object]) -> None:
        """One piece after the other, whole blocks of them."""
        size = len(one.waiting) // SEALED_BLOCK * SEALED_BLOCK
        if one.writing or not size:
            return
        at, piece, file = one.position, bytes(one.waiting[:size]), one.file
        del one.waiting[:size]
        one.position, one.writing = at + size, True

        def write() -> None:
            self._files.write(file.name, file.key, at, piece)

        def written(_: None) -> None:
            one.writing = False
            if at == 0:
                if self._under_way.get(path) is not one:
                    self._session.act(lambda desk: abandon_attachment(desk, file))
                    return
                one.sitting.recordings[path] = _named(file)
                keep(one.sitting)
            self._write(path, one, keep)

        def failed(error: Exception) -> None:
            # No more is written: `writing` stays.
            if not isinstance(error, KnownError):
                raise error

        if at:
            self._session.load(write, written, failed)
        else:
            self._session.act(
                lambda desk: begin_attachment(desk, file),
                lambda _: self._session.load(write, written, failed),
                failed,
            )


def heard(files: SealedFiles, file: LocalFile) -> bytes:
    """The samples that are on the disk; of a piece that was just being written, none. Raises KnownError
    STORE_UNREADABLE."""
    pieces: list[bytes] = []
    while not pieces or len(pieces[-1]) == SEALED_BLOCK:
        try:
            pieces.append(files.read(file.name, file.key, len(pieces) * SEALED_BLOCK, SEALED_BLOCK))
        except KnownError as error:
            if error.kind is ErrorKind.FILE_DAMAGED:
                break
            raise
    return b"".join(pieces)


def _named(file: LocalFile) -> Sealed:
    """What the draft says of it: it is no attachment yet, and grows."""
    return Sealed(file.attachment_id, file.customer_id, AttachmentKind.RECORDING, "", "", 0, "")
