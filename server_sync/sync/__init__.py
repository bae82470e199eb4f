"""The server's side of replication: mutations in, pages out, hints that something moved; no transport."""
