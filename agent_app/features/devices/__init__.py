"""The computers that a team works at, for its lead: how they stand; revoked, wiped, admitted (SYNC E4)."""
