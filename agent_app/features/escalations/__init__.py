"""The inbox of leads: what ladders have raised or could not send, and what is done about it (M3.5, M3.6)."""
