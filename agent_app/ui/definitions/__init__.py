"""Rooms in which one of several definitions is written on, such as goals and ladders: what happens in one
(``presenter``) and what it shows (``state``) in plain Python, its column and its words. Plans, which do more, have a
presenter of their own."""
