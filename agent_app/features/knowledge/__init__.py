"""The knowledge base beside the call: found as one types, read without leaving the guide (M5.11)."""
