"""The schema's history, run at start. Every revision stands for itself and imports nothing of ours."""

from functools import cache
from pathlib import Path
from typing import Final

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.store.schema import metadata

_HERE: Final = Path(__file__).parent


class NewerError(Exception):
    """The database was made by a later version of the bot."""


class StrangeError(Exception):
    """The file is a database, but not ours."""


@cache
def _scripts() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    return ScriptDirectory.from_config(config)


def head() -> str:
    """Return the newest version of the schema that this code knows."""
    found = _scripts().get_current_head()
    assert found is not None  # noqa: S101 - there is a first one
    return found


def version(connection: Connection) -> str:
    """Return the version of a database's schema; empty for a database with no tables.

    Raises:
        NewerError: This code does not know it.
        StrangeError: There are tables, and none of them says a version.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return ""
    if "alembic_version" not in tables:
        raise StrangeError
    found = MigrationContext.configure(connection).get_current_revision() or "base"
    if found not in {"base"} | {revision.revision for revision in _scripts().walk_revisions()}:
        raise NewerError
    return found


def migrate(connection: Connection) -> None:
    """Bring a database up to the newest schema, in one transaction: whole or not at all."""
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        _upgrade(connection)
        _whole(connection)
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise


def _whole(connection: Connection) -> None:
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise StrangeError


def _upgrade(connection: Connection) -> None:
    scripts = _scripts()

    def steps(revision: tuple[str, ...], _: MigrationContext) -> list[RevisionStep]:
        return list(scripts._upgrade_revs("head", revision))  # type: ignore[arg-type] # noqa: SLF001 - as Alembic's own command does

    config = Config()
    with EnvironmentContext(config, scripts, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
        environment.run_migrations()


def differences(connection: Connection) -> list[object]:
    """Return in what a database's schema differs from the tables in `bot.store.schema`."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


__all__ = ["NewerError", "StrangeError", "differences", "head", "migrate", "version"]
