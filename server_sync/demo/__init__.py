"""A demo company to try the product with: made-up rows on a replayed fortnight; nothing real imports from here."""
