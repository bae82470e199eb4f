"""What travels between desk and server: messages, codec and version numbers; no transport."""
