# Runs the examples. What an example says of its metadata is in its own metadata.py.
import os
import sys

from alembic import context
from sqlalchemy import create_engine

sys.path.insert(0, os.environ["EXAMPLE"])
try:
    from metadata import target_metadata
except ImportError:
    target_metadata = None

with create_engine(os.environ["EXAMPLE_DATABASE"].replace("postgresql:", "postgresql+psycopg2:")).connect() as connection:
    context.configure(connection=connection, target_metadata=target_metadata, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()
