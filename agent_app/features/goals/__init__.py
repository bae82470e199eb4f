"""The room of goals: what is to be reached by when, how far it has come, and writing it (M1.1)."""
