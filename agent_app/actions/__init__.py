"""What a screen may do: domain commands and their outbox entries in one transaction."""
