"""Alembic's entry: runs the migrations in the transaction that autoack.store.migrate brings."""

from alembic import context

from autoack.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by building it anew
    transactional_ddl=True,  # SQLite can, once the driver leaves BEGIN to us
)
with context.begin_transaction():
    context.run_migrations()
