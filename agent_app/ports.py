"""The seams of the desk as Protocols, and the plain values passing through them; no implementation is here.

The seam for time is `server_sync.domain.clock.Clock`, the one for ids `server_sync.domain.ids.Ids`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Protocol, TypeVar

from server_sync.domain.errors import ErrorKind

T = TypeVar("T")


class Lane(IntEnum):
    """Who waits for a piece of work. The store worker takes the lowest first; NETWORK has its own threads."""

    ACTION = 0
    """A person saved something: never dropped, not even when the desk closes."""
    QUERY = 1
    """A screen wants to draw."""
    BACKGROUND = 2
    """Nobody is looking: applying pages, clearing up."""
    NETWORK = 3
    """Waits for another machine or a long read of the disk; must not write to the store."""


class Running(Protocol):
    """A piece of work that was handed over."""

    def cancel(self) -> None:
        """Forget it: it is not begun if it still waits, and its result or error is never delivered."""


class Work(Protocol):
    """Work off the main thread. `run` is called on the main thread, and both receivers are called there."""

    def run(
        self,
        fn: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[Exception], object] | None = None,
        *,
        lane: Lane = Lane.QUERY,
        key: str = "",
    ) -> Running:
        """Run `fn` on the lane's thread, then `on_done(result)` or `on_error(exception)` on the main thread.

        Do not touch a widget or a model in `fn`: that may crash Qt. Without `on_error` an error counts as a
        bug and goes to `sys.excepthook`. A newer run with the same non-empty `key` cancels the earlier one
        (stale queries).
        """


class Keystore(Protocol):
    """Where the key of one profile's store is kept."""

    def load(self) -> bytes | None:
        """The 32 bytes of the key; None when none is kept here.

        Raises KnownError: PASSPHRASE_WRONG, STORE_KEY_MISSING (it is kept here but cannot be read).
        """

    def keep(self, key: bytes) -> None:
        """Keep a new key so that it is still there after a power cut."""

    def forget(self) -> None:
        """Keep the key no more; what it opened is unreadable from then on. None kept is no error."""


@dataclass(frozen=True)
class Reply:
    """What another machine answered: the HTTP status, the raw body, the headers with lower-case names."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Net(Protocol):
    """One request to the server and its whole reply."""

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Any HTTP status is a reply. Raises KnownError(OFFLINE) when no whole reply came."""


class SealedFiles(Protocol):
    """Files of this desk that nobody can read without their key: written block by block, each under a name of its own.

    Trouble with the disk is KnownError DISK_FULL or STORE_UNREADABLE.
    """

    def new_key(self) -> bytes:
        """A key for one new file, known to nobody else."""

    def write(self, name: str, key: bytes, offset: int, content: bytes) -> None:
        """Put `content` at `offset`, a multiple of SEALED_BLOCK; whatever lay there or behind it goes.

        On the disk on return. All blocks but the last of a file are whole.
        """

    def read(self, name: str, key: bytes, offset: int, size: int) -> bytes:
        """So much from `offset` on, a multiple of SEALED_BLOCK; less at the end of the file.

        Raises KnownError FILE_DAMAGED when it is not there or is not what was written.
        """

    def remove(self, name: str) -> None:
        """Remove a file; one that is not there is no error."""

    def names(self) -> set[str]:
        """Every file that there is."""

    def free(self) -> int:
        """Bytes free on their disk."""


SEALED_BLOCK = 64 * 1024
"""Plain bytes of a block of a sealed file."""


class CallState(StrEnum):
    """What became of a call that this desk placed."""

    DIALLING = "dialling"
    ENDED = "ended"
    FAILED = "failed"


@dataclass(frozen=True)
class CallEvent:
    """A step of a call: `at` in milliseconds since the epoch, `kind` only when it failed."""

    call_id: bytes
    state: CallState
    at: int
    kind: ErrorKind | None = None


class Dialler(Protocol):
    """The telephone at the desk. Events go to the one listener, on the thread that caused them."""

    def listen(self, on_event: Callable[[CallEvent], object]) -> None:
        """Name the one receiver of events."""

    def dial(self, number: str, call_id: bytes) -> None:
        """Place a call. A number that cannot be dialled or a phone that does not answer is a FAILED event."""

    def hang_up(self) -> None:
        """End the call in progress; nothing happens when there is none."""


class Lack(StrEnum):
    """Why this computer has no microphone, camera, loudspeaker or position."""

    NOT_INSTALLED = "not_installed"
    """The part of the program that is for visits is not installed, or the system lacks what it needs."""
    NO_DEVICE = "no_device"
    """There is none, or the system does not let this program use it."""


SOUND_RATE = 16_000
"""Samples a second of recorded sound: one channel, 16 bits, little-endian."""


class Microphone(Protocol):
    """Records until it is stopped."""

    def start(self, on_sound: Callable[[bytes], object]) -> None:
        """Begin; `on_sound` gets the samples as they come, on the main thread."""

    def stop(self) -> None:
        """End; what is still on its way comes first."""


Picture = TypeVar("Picture", covariant=True)


class Player(Protocol[Picture]):
    """Plays one sound or film at a time."""

    def play(
        self,
        content: bytes,
        on_end: Callable[[], object],
        on_picture: Callable[[Picture], object] | None = None,
    ) -> None:
        """Play a whole file, a film's pictures given one by one; `on_end` is called at its end, also where it cannot be
        played. All on the main thread."""

    def stop(self) -> None:
        """End; nothing more is called."""


@dataclass(frozen=True)
class Fix:
    """Where the device was found to be: degrees of WGS 84, metres; None where the source does not know."""

    latitude: float
    longitude: float
    altitude: float | None = None
    accuracy: float | None = None


class Positions(Protocol):
    """Finds where the device is, better with time."""

    def start(self, on_fix: Callable[[Fix], object]) -> None:
        """Begin; `on_fix` gets each position as it is found, on the main thread."""

    def stop(self) -> None:
        """End; nothing more is called."""


class Camera(Protocol[Picture]):
    """Shows what it sees until it is stopped; what a picture is, is the window system's."""

    def start(self, on_picture: Callable[[Picture], object]) -> None:
        """Begin; `on_picture` gets each picture as it comes, on the main thread."""

    def stop(self) -> None:
        """End; nothing more is called."""


class Capture(Protocol[T]):
    """What this computer can hear, see and find out for a form, or why it cannot."""

    def microphone(self) -> Microphone | Lack:
        """A microphone for one recording."""

    def player(self) -> Player[T] | Lack:
        """What plays sounds."""

    def camera(self) -> Camera[T] | Lack:
        """A camera for one picture."""

    def positions(self) -> Positions | Lack:
        """A source of positions."""

    def barcodes(self) -> Callable[[T], str] | Lack:
        """What reads the barcode in a picture, away from the main thread; it gives "" where there is none."""


@dataclass(frozen=True)
class Route:
    """A place in the window: the feature's name, the item shown there, what else the feature understands."""

    place: str
    item: bytes | None = None
    detail: object = None


@dataclass(frozen=True)
class KeyBinding:
    """An action that a feature offers by key: its name, the key as portable text ("Ctrl+Return"), its
    words, what it does."""

    action: str
    keys: str
    title: str
    callback: Callable[[], object]
