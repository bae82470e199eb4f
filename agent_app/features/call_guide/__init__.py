"""The work column during a call: who is called and why, dialling, and the guide with its questions."""
