"""The verbs, by name; each names its arguments, its checks and its effect, the same code on both ends."""

from server_sync.domain.commands.attempts import FinishAttempt, RecordAnswers, StartAttempt
from server_sync.domain.commands.callbacks import BookCallback, ReleaseCallback
from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Change,
    Command,
    Decision,
    Insert,
    Need,
    Rejected,
    Row,
    Rows,
    Update,
)
from server_sync.domain.commands.notes import AddNote, CorrectContactPoint, CorrectCustomer
from server_sync.domain.commands.presences import SetPresence
from server_sync.domain.commands.refusals import ClearDoNotCall, SetDoNotCall
from server_sync.domain.commands.tasks import AcceptTask, ReassignTask

COMMANDS: dict[str, type[Command]] = {
    command.name: command
    for command in (
        AcceptTask,
        ReassignTask,
        StartAttempt,
        RecordAnswers,
        FinishAttempt,
        BookCallback,
        ReleaseCallback,
        AddNote,
        CorrectCustomer,
        CorrectContactPoint,
        SetDoNotCall,
        ClearDoNotCall,
        SetPresence,
    )
}

__all__ = [
    "COMMANDS",
    "AcceptTask",
    "Accepted",
    "Actor",
    "AddNote",
    "BookCallback",
    "Change",
    "ClearDoNotCall",
    "Command",
    "CorrectContactPoint",
    "CorrectCustomer",
    "Decision",
    "FinishAttempt",
    "Insert",
    "Need",
    "ReassignTask",
    "RecordAnswers",
    "Rejected",
    "ReleaseCallback",
    "Row",
    "Rows",
    "SetDoNotCall",
    "SetPresence",
    "StartAttempt",
    "Update",
]
