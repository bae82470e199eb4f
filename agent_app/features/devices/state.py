"""What a lead may order about a computer."""

from enum import StrEnum


class Order(StrEnum):
    """Whether it can be taken back is for the view to say."""

    REVOKE = "revoke"
    WIPE = "wipe"
    ADMIT = "admit"
