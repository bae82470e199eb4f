"""Files that answer a form's questions: sealed as they are given, kept by name with the draft, attached to the customer
in the transaction that records the answers (SYNC F1). Forms as files are `form_files`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from agent_app.actions.attachments import Made, Sealed, announcing, content, seal, send
from agent_app.ports import SealedFiles
from agent_app.store import attachments
from agent_app.store.attachments import LocalFile
from agent_app.store.queries import settings
from agent_app.store.queries.attachments import id_of_name
from server_sync.domain.commands import AddAttachment
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.pages import QuestionState
from server_sync.domain.model import AttachmentKind, AttachmentState, attachment

Give = Callable[[], Path | Made]
"""What gives a file, away from the main thread: a photo may have to be turned or made smaller first."""

_MEDIA = ("image", "audio", "video")
_LONGEST_STEM = 60


def media_of(question: QuestionState) -> str:
    """What a file has to be: "image", "audio", "video", or "" for any that the company takes."""
    media = question.parameters.get("mediatype", "").partition("/")[0]
    return media if media in _MEDIA else ""


def load_policy(connection: Connection, customer_id: bytes, held: int) -> Mapping[str, int]:
    """What files may be. Raises KnownError TOO_MANY_ATTACHMENTS {most} where one more beside those `held` by the draft
    would be too many for the customer."""
    policy = settings.load(connection, "attachments")
    there = select(func.count()).where(
        attachment.c.customer_id == customer_id, attachment.c.state != AttachmentState.REMOVED
    )
    if connection.execute(there).scalar_one() + held >= policy["per_customer"]:
        raise KnownError(ErrorKind.TOO_MANY_ATTACHMENTS, most=policy["per_customer"])
    return policy


def seal_answer(
    files: SealedFiles, file: LocalFile, question: QuestionState, give: Give, policy: Mapping[str, int]
) -> Sealed:
    """Read what answers a question and seal it, away from the store's thread. Its name is unlike any other of the
    customer's: the question's, or where any file may be given that file's own, and the end of its id.

    Raises KnownError as `seal` does.
    """
    source, media = give(), media_of(question)
    own = Path(source.name)
    stem = (question.name if media else own.stem)[:_LONGEST_STEM]
    name = f"{stem}-{file.attachment_id.hex()[-8:]}{own.suffix.lower()}"
    kind = AttachmentKind.SIGNATURE if "signature" in question.appearance else None
    return seal(files, file, source, policy, file_name=name, media=media, kind=kind)


def attaching(
    files: Iterable[Sealed], task_id: bytes, attempt_id: bytes | None, response_id: bytes, now: int
) -> list[AddAttachment]:
    """The commands that attach the files of answers, behind the one that records them."""
    return [announcing(one, now, task_id, attempt_id, response_id) for one in files]


def send_all(connection: Connection, files: Iterable[Sealed]) -> None:
    """Queue them, in the same transaction."""
    for one in files:
        send(connection, one)


def named_by(values: Mapping[str, str], files: Mapping[str, Sealed]) -> tuple[Sealed, ...]:
    """Those of the files that answers name."""
    names = set(values.values())
    return tuple(one for name, one in files.items() if name in names)


def find_file(
    connection: Connection, customer_id: bytes, name: str, held: Mapping[str, Sealed]
) -> LocalFile | None:
    """The file that an answer names, if it is here: one that the draft holds, or one that was recorded before."""
    if name in held:
        sealed = attachments.load(connection, held[name].attachment_id)
        return None if sealed is None else replace(sealed, size=held[name].size)
    found = id_of_name(connection, customer_id, name)
    local = None if found is None else attachments.load(connection, found)
    return local if local is not None and local.is_whole else None


def read_file(files: SealedFiles, local: LocalFile | None) -> bytes | None:
    """All of it; None when it is not here. Raises KnownError FILE_DAMAGED, STORE_UNREADABLE."""
    return None if local is None else content(files, local)


def as_kept(files: Mapping[str, Sealed]) -> dict[str, Any]:
    """As JSON values; see `drafts.FILES`."""
    return {
        name: {**vars(one), "attachment_id": one.attachment_id.hex(), "customer_id": one.customer_id.hex()}
        for name, one in files.items()
    }


def of_kept(kept: Mapping[str, Any]) -> dict[str, Sealed]:
    """From what `as_kept` gave."""
    return {
        name: Sealed(
            **{
                **one,
                "attachment_id": bytes.fromhex(one["attachment_id"]),
                "customer_id": bytes.fromhex(one["customer_id"]),
            }
        )
        for name, one in kept.items()
    }
