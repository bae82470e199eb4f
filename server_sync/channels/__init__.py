"""Ways out of the server for reminders: mail, SMS and group robots behind one port; not who is reminded of what."""
