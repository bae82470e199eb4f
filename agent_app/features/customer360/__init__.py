"""Who the customer is, why this call, what is open and what was: the column beside the work."""
