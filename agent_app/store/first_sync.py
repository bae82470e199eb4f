"""Whether this desk has ever been in step, or a person has put that off (SYNC L4): both outlive the program."""

from sqlalchemy import Connection

from agent_app.store.desk_state import recall, remember


def is_over(connection: Connection) -> bool:
    """Whether all there was for this desk has come once."""
    return bool(recall(connection, "complete", False))


def is_paused(connection: Connection) -> bool:
    """Whether edits go out and nothing comes in."""
    return not is_over(connection) and bool(recall(connection, "paused", False))


def pause(connection: Connection, paused: bool) -> None:
    """Put the first sync off, or go on with it."""
    remember(connection, "paused", paused)
