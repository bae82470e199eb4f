"""The visits of the day or week in an order that helps; a visit's kit is the work column beside them."""
