"""Writes heads.json: what Alembic's own table holds after each command on each graph of graphs.json.

    python3 make.py      (Debian: python3-alembic)
"""

import json
import pathlib
import tempfile

import sqlalchemy
from alembic import command
from alembic.config import Config

here = pathlib.Path(__file__).parent

ENV = """
from alembic import context
from sqlalchemy import create_engine, pool
with create_engine(context.config.get_main_option("sqlalchemy.url")).connect() as connection:
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit() if hasattr(connection, "commit") else None
"""

REVISION = """
revision = {id!r}
down_revision = {down!r}
branch_labels = {labels!r}
depends_on = {depends!r}
def upgrade(): pass
def downgrade(): pass
"""


def heads_after_each(graph):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "versions").mkdir()
        (root / "env.py").write_text(ENV)
        (root / "script.py.mako").write_text("")
        for id, said in graph["revisions"].items():
            text = REVISION.format(
                id=id,
                down=tuple(said.get("down", [])) or None,
                labels=tuple(said.get("labels", [])) or None,
                depends=tuple(said.get("depends", [])) or None,
            )
            (root / "versions" / f"{id}.py").write_text(text)
        config = Config()
        config.set_main_option("script_location", str(root))
        config.set_main_option("sqlalchemy.url", f"sqlite:///{root}/db.sqlite")
        for line in graph["commands"]:
            verb, target = line.split()
            getattr(command, verb)(config, target)
            engine = sqlalchemy.create_engine(f"sqlite:///{root}/db.sqlite")
            with engine.connect() as connection:
                rows = connection.execute(sqlalchemy.text("SELECT version_num FROM alembic_version"))
                yield sorted(row[0] for row in rows)


graphs = json.loads((here / "graphs.json").read_text())
made = {graph["name"]: list(heads_after_each(graph)) for graph in graphs}
(here / "heads.json").write_text(json.dumps(made, indent=2) + "\n")
