"""What the processes of the tests need, loaded once in the process that they are forked from."""

import opencc
import psycopg
import pypinyin
import requests
import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite.pysqlite
import urllib3.exceptions
import uvicorn

import tests.faults.processes
from server_sync.accounts import devices_command, init_command, user_command
from server_sync.backup import backup_command, restore_command
from server_sync.demo import command as demo_command
from server_sync.doctor import command as doctor_command
from server_sync.http import app, serve_command, workers

__all__ = [
    "app", "backup_command", "demo_command", "devices_command", "doctor_command", "init_command", "opencc", "psycopg",
    "pypinyin", "requests", "restore_command", "serve_command", "sqlalchemy", "tests", "urllib3", "user_command",
    "uvicorn", "workers",
]  # fmt: skip
