"""The queue on the screen: `column` is the list with what is found, `why` says why the next one is the next."""

from agent_app.features.queue.view.column import QueueFeature

__all__ = ["QueueFeature"]
