"""The settings of this machine: language, look, how calls are placed."""
