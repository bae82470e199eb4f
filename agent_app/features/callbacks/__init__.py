"""Booking a callback (约定回拨) without a call, such as after a message: when, with whom, and a note."""
