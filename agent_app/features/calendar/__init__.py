"""The calendar of working time: whose hours, which days differ, and what that does to a deadline."""
