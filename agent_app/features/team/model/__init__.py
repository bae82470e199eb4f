"""The team's lines, cells and bars in words: plain values for the item models and charts of the kit."""
