"""The list of what is to be called, in calling order, and finding a customer in it (F2, F3)."""
