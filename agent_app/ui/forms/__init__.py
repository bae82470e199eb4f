"""A form on the screen: its presenter without Qt, and its cards, editors and lists."""
