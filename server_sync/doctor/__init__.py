"""Whether a database is in order: looks at everything, changes nothing, and says what it found."""
