"""The administrator's plans: written, looked at before they work, set to work, paused and ended."""
