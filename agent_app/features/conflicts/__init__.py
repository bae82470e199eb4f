"""What the server refused or merged, in plain words, until somebody has dealt with it (SYNC P3)."""
