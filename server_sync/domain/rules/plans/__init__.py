"""What a plan may say: its definition checked field by field on both ends; whom it picks is `automation`'s."""
