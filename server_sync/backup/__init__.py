"""Backups: a verified copy of a database and its attachments in a folder of its own, and the way back from it."""
