"""Where the device is, by Qt Positioning: satellites where it has them, else what the system offers."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtPositioning import QGeoPositionInfo, QGeoPositionInfoSource

from agent_app.ports import Fix

_EVERY_MS = 1_000


def positions() -> QtPositions | None:
    """The system's source of positions, None without one."""
    found = QtPositions()
    return found if found.is_there() else None


class QtPositions(QObject):
    """`ports.Positions`."""

    def __init__(self) -> None:
        super().__init__()
        self._on_fix: Callable[[Fix], object] | None = None
        # None without a source, whatever the types of Qt say.
        self._source: QGeoPositionInfoSource | None = QGeoPositionInfoSource.createDefaultSource(self)
        if self._source is not None:
            self._source.setUpdateInterval(_EVERY_MS)
            self._source.positionUpdated.connect(self._on_position)

    def is_there(self) -> bool:
        """Whether the system has a source."""
        return self._source is not None

    def start(self, on_fix: Callable[[Fix], object]) -> None:
        """See `Positions`."""
        self._on_fix = on_fix
        if self._source is not None:
            self._source.startUpdates()

    def stop(self) -> None:
        """See `Positions`."""
        self._on_fix = None
        if self._source is not None:
            self._source.stopUpdates()

    @Slot(QGeoPositionInfo)
    def _on_position(self, info: QGeoPositionInfo) -> None:
        found = info.coordinate()
        if self._on_fix is not None and found.isValid():
            accuracy = info.attribute(QGeoPositionInfo.Attribute.HorizontalAccuracy)
            self._on_fix(Fix(found.latitude(), found.longitude(), _known(found.altitude()), _known(accuracy)))


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
