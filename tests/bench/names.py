"""Who signs in; apart, so that a desk under measurement imports nothing else of the benchmarks."""

LOGIN = "bench"
PASSWORD = "a password for benchmarks"
PASSPHRASE = "a passphrase for benchmarks"
