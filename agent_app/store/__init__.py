"""The desk's own encrypted database: opening it, what changed in it, what is read; no screen, no network."""
