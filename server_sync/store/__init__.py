"""The server's database: tables, transactions, who sees which row, and the feed that tells; no rule of the trade."""
