"""Where the window is and how to get elsewhere; which places exist is known to the shell alone."""

from PySide6.QtCore import QObject, Signal

from agent_app.ports import Route

_REMEMBERED = 50


class Routes(QObject):
    """Lives on the main thread. Signals: `navigated(Route)` when the place shown should change."""

    navigated = Signal(object)

    def __init__(self, start: Route, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._current = start
        self._earlier: list[Route] = []

    @property
    def current(self) -> Route:
        """The place shown now."""
        return self._current

    def navigate(self, route: Route) -> None:
        """Go somewhere; being there already is no news."""
        if route == self._current:
            return
        self._earlier = [*self._earlier, self._current][-_REMEMBERED:]
        self._show(route)

    def back(self) -> None:
        """Return to the place before, if there was one."""
        if self._earlier:
            self._show(self._earlier.pop())

    def _show(self, route: Route) -> None:
        self._current = route
        self.navigated.emit(route)
