"""The forms room in words: lines and columns (``lines``), findings (``findings``), differences (``changes``)."""
