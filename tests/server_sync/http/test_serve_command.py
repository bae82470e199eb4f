"""What `serve` says before it begins."""

from contextlib import closing

from server_sync.http.serve_command import connections_warning
from server_sync.store.database import MOST_CONNECTIONS, Database


def test_who_serves_with_more_connections_than_postgresql_allows_is_told(
    postgresql_url: str, sqlite_url: str
) -> None:
    too_few = 2 * MOST_CONNECTIONS - 1
    with closing(Database(postgresql_url)) as database, database.write(0) as tx:
        tx.connection.exec_driver_sql(f'ALTER DATABASE "{database.url.database}" CONNECTION LIMIT {too_few}')
    assert connections_warning(1, postgresql_url) is None
    warning = connections_warning(2, postgresql_url)
    assert warning is not None
    assert str(too_few) in warning
    assert str(2 * MOST_CONNECTIONS) in warning
    assert connections_warning(1, sqlite_url) is None
