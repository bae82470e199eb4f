"""What every child needs, loaded once in the process that they are forked from."""

import opencc
import pypinyin
import urllib3.exceptions

import tests.faults.processes
from server_sync.http import app, serve_command

__all__ = ["app", "opencc", "pypinyin", "serve_command", "tests", "urllib3"]
