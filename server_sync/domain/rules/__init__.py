"""What holds on both ends: pure rules over values and rows, with times as milliseconds; no sentence and no clock."""
