"""The verbs, by name; each names its arguments, its checks and its effect, the same code on both ends."""

from server_sync.domain.commands.articles import SaveArticle
from server_sync.domain.commands.attachments import AddAttachment, RemoveAttachment
from server_sync.domain.commands.attempts import FinishAttempt, StartAttempt
from server_sync.domain.commands.calendars import SaveWorkingHours, SetCalendarDay
from server_sync.domain.commands.callbacks import BookCallback, ReleaseCallback
from server_sync.domain.commands.commitments import MakeCommitment, SettleCommitment
from server_sync.domain.commands.conflicts import HandOverConflict, SettleConflict, WithdrawConflict
from server_sync.domain.commands.consents import GiveConsent, WithdrawConsent
from server_sync.domain.commands.corrections import AddTag, CorrectContactPoint, CorrectCustomer, RemoveTag
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
from server_sync.domain.commands.devices import AdmitDevice, RevokeDevice, WipeDevice
from server_sync.domain.commands.escalation import EscalateTask, SeeReminder
from server_sync.domain.commands.goals import SaveGoal
from server_sync.domain.commands.handing_back import HandBackTask
from server_sync.domain.commands.ladders import SaveEscalationPolicy, SaveQuietHours
from server_sync.domain.commands.notes import AddNote
from server_sync.domain.commands.plans import SavePlan, SetPlanState
from server_sync.domain.commands.presences import SetPresence
from server_sync.domain.commands.refusals import ClearDoNotCall, SetDoNotCall
from server_sync.domain.commands.responses import CorrectAnswers, RecordAnswers, RecordAnswersBefore
from server_sync.domain.commands.shifts import RemoveShift, SaveShift
from server_sync.domain.commands.tasks import AcceptTask, ReassignTask
from server_sync.domain.commands.visits import CheckIn

COMMANDS: dict[str, type[Command]] = {
    command.name: command
    for command in (
        AcceptTask,
        ReassignTask,
        SeeReminder,
        EscalateTask,
        HandBackTask,
        SaveShift,
        RemoveShift,
        StartAttempt,
        CheckIn,
        RecordAnswersBefore,
        RecordAnswers,
        CorrectAnswers,
        FinishAttempt,
        BookCallback,
        ReleaseCallback,
        MakeCommitment,
        SettleCommitment,
        AddNote,
        CorrectCustomer,
        CorrectContactPoint,
        AddTag,
        RemoveTag,
        SetDoNotCall,
        ClearDoNotCall,
        GiveConsent,
        WithdrawConsent,
        SetPresence,
        HandOverConflict,
        WithdrawConflict,
        SettleConflict,
        AddAttachment,
        RemoveAttachment,
        RevokeDevice,
        WipeDevice,
        AdmitDevice,
        SaveArticle,
        SaveWorkingHours,
        SetCalendarDay,
        SaveGoal,
        SaveEscalationPolicy,
        SaveQuietHours,
        SavePlan,
        SetPlanState,
    )
}

__all__ = [
    "COMMANDS",
    "AcceptTask",
    "Accepted",
    "Actor",
    "AddAttachment",
    "AddNote",
    "AddTag",
    "AdmitDevice",
    "BookCallback",
    "Change",
    "CheckIn",
    "ClearDoNotCall",
    "Command",
    "CorrectAnswers",
    "CorrectContactPoint",
    "CorrectCustomer",
    "Decision",
    "EscalateTask",
    "FinishAttempt",
    "GiveConsent",
    "HandBackTask",
    "HandOverConflict",
    "Insert",
    "MakeCommitment",
    "Need",
    "ReassignTask",
    "RecordAnswers",
    "RecordAnswersBefore",
    "Rejected",
    "ReleaseCallback",
    "RemoveAttachment",
    "RemoveShift",
    "RemoveTag",
    "RevokeDevice",
    "Row",
    "Rows",
    "SaveArticle",
    "SaveEscalationPolicy",
    "SaveGoal",
    "SavePlan",
    "SaveQuietHours",
    "SaveShift",
    "SaveWorkingHours",
    "SeeReminder",
    "SetCalendarDay",
    "SetDoNotCall",
    "SetPlanState",
    "SetPresence",
    "SettleCommitment",
    "SettleConflict",
    "StartAttempt",
    "Update",
    "WipeDevice",
    "WithdrawConflict",
    "WithdrawConsent",
]
