"""What the server starts by itself: plans that turn customers into tasks, and who gets which task."""
