"""How Alembic runs the migrations: inside the transaction of the connection it is given."""

from alembic import context

from dashboard.records.core.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
