"""The machine a desk runs on: folders, settings, logs, keys, locks, the phone; no Qt, no business rule."""
