"""What runs a Qt desk: background work, the changed signal, routes, the clock; QtCore only, no widgets."""
