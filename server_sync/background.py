"""What the server does by itself: every kind of job with who does it, and the jobs that never end."""

from collections.abc import Mapping

from server_sync.automation import (
    daily,
    flow_back,
    lease_ends,
    looks,
    recounting,
    segment_jobs,
    sequences,
    stepping,
)
from server_sync.domain.ids import Ids
from server_sync.jobs import absences, callbacks, ladders, plan_look, pool_leases, recount, reminders, sweep
from server_sync.jobs.worker import Handler
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.transaction import Transaction
from server_sync.sync import attachments


def handlers(ids: Ids, files: AttachmentFiles) -> Mapping[str, Handler]:
    """Who does each kind of job."""
    return {
        callbacks.RELEASE: callbacks.release,
        ladders.REPLAN: ladders.replan_some,
        ladders.REMIND: reminders.remind,
        sweep.SWEEP: sweep.sweep,
        daily.PLAN_RUN: daily.handler(ids),
        plan_look.LOOK: looks.handler(ids),
        sequences.STEP: stepping.handler(ids),
        recount.RECOUNT: recounting.recount_some,
        absences.FLOW_BACK: flow_back.handler(ids),
        absences.CONVERT: flow_back.converter(ids),
        pool_leases.LEASES: lease_ends.handler(ids),
        segment_jobs.SEGMENTS: segment_jobs.work,
        attachments.REMOVE: attachments.remover(files),
    }


def begin(tx: Transaction) -> None:
    """See to it that the jobs wait that see to their own next time; a server that starts says so, whoever is first."""
    sweep.enqueue(tx)
    daily.enqueue(tx)
    segment_jobs.enqueue(tx)
