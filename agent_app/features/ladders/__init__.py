"""The room of ladders: by what steps somebody is reminded, tried out before it counts (M3.5–M3.7)."""
