"""Every kind of job and who does it."""

from collections.abc import Mapping

from server_sync.jobs import callbacks, sweep
from server_sync.jobs.worker import Handler

HANDLERS: Mapping[str, Handler] = {callbacks.RELEASE: callbacks.release, sweep.SWEEP: sweep.sweep}
