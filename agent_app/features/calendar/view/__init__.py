"""The room of the calendar: a month to look at, and beside it what is said of a day, of the week, and a sum."""

from agent_app.features.calendar.view.feature import CalendarFeature

__all__ = ["CalendarFeature"]
