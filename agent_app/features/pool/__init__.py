"""The team's pool at the foot of the queue: what lies there, what one has pulled, and pulling more."""
