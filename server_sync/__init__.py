"""The central server, and in `domain/` what a follow-up is; no desktop code lives here."""
