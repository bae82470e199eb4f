"""What comes in from outside as spreadsheets: read, map, plan, apply, undo; no HTTP and no printing."""
