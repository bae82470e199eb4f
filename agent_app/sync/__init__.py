"""Keeping this desk in step with the server: one round at a time, no widget and no domain rule."""
