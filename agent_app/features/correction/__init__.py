"""Answers that were handed in, corrected by a new edition."""
