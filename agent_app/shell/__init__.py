"""The window around the features: rail, columns, status bar, keys; it knows their shape and none of their content."""
