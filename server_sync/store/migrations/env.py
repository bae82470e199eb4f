"""How Alembic runs the revisions: in the transaction that `upgrade` has begun; it is never run by itself."""

from alembic import context

from server_sync.store.tables import ALL

context.configure(connection=context.config.attributes["connection"], target_metadata=ALL)
context.run_migrations()
