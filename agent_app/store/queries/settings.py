"""The company's settings as this desk holds them, over the defaults."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from server_sync.domain.model import setting
from server_sync.domain.rules.settings import setting_value


def load(connection: Connection, key: str) -> Mapping[str, Any]:
    """One setting, field by field over its default."""
    row = connection.execute(select(setting.c.value).where(setting.c.key == key)).one_or_none()
    return setting_value(key, None if row is None else row._asdict())
