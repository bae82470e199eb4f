"""The read side: one file a subject, each a query that gives frozen dataclasses; nothing here writes."""
