"""Signing in: server, name and password, online or on a device that knows this person."""
