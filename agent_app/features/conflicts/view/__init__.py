"""The conflicts room: the list, and one entry beside what stands against it."""

from agent_app.features.conflicts.view.feature import ConflictsFeature

__all__ = ["ConflictsFeature"]
