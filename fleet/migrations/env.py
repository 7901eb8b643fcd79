"""Run by Alembic: change the database behind the connection that `upgrade` hands over."""

from alembic import context

from fleet.store import rollout_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=rollout_tables.rollouts.metadata,
    # SQLite changes a table by making it anew.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
