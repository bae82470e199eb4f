"""The room of those who keep the knowledge base: articles are found, written, changed and retired (M5.11)."""
