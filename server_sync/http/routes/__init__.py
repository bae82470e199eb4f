"""The routes, one file per subject; each checks who asks, and leaves the answer to the floor below."""
