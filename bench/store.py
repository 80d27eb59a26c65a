"""PostgreSQL as the bench sees it: a cluster of its own, and pgbench inserting the rows that a run has added."""

import re
import subprocess
from pathlib import Path

import postgres

# The rows of one booking, what others refer to first, and how each belongs to its booking.
BELONGS = {
    "contact": "contact.subject = added.subject",
    "occupancy": "occupancy.id = added.sitting",
    "booking": "booking.id = added.id",
    "outbox": "outbox.booking = added.id",
}


class Store:
    """One cluster with the two databases of the bench."""

    def __init__(self, business: str):
        self.cluster = postgres.Cluster()
        self.place = self.cluster.place()
        self.schema = f"business_{business}"

    def close(self):
        self.cluster.remove()

    def bare(self, clients: int, folder: Path) -> float:
        """Bookings a second when pgbench alone inserts what a run has added, each in a transaction of its own.

        The rows of the API's bookings are laid aside, numbered and taken out of the tables; then each transaction puts
        those of one booking back, with constraints, triggers and indexes. No server may run on the database.
        """
        run = [f"SET search_path = {self.schema}", "CREATE SCHEMA bare"]
        run.append(
            "CREATE TABLE bare.added AS SELECT row_number() OVER (ORDER BY id) - 1 AS number, id, subject, sitting "
            "FROM booking WHERE made_by = 'api'"
        )
        names = {}
        for table, belongs in BELONGS.items():
            run.append(
                f"CREATE TABLE bare.{table} AS SELECT added.number AS bare_number, {table}.* "
                f"FROM {table} JOIN bare.added ON {belongs}"
            )
            names[table] = self.columns(table)
        # Entries come as the act leaves them; appending them to the tree is the sequencer's work.
        run.append(
            "CREATE TABLE bare.audit_waiting AS SELECT row_number() OVER (ORDER BY seq DESC) - 1 AS bare_number, entry "
            "FROM audit_entry WHERE convert_from(entry, 'UTF8') LIKE '%booking.made%'"
        )
        names["audit_waiting"] = "entry"
        for table in names:
            run.append(f"CREATE INDEX ON bare.{table} (bare_number)")
        for table in reversed(BELONGS):
            key = {"contact": "subject"}.get(table, "id")
            run.append(f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM bare.{table})")
        self.place.ask("; ".join(run))
        self.place.ask("VACUUM ANALYZE")
        bookings = int(self.place.ask("SELECT count(*) FROM bare.added")[0][0])

        script = ["\\set n :n + :clients", "\\set number :n + :client_id", "BEGIN;"]
        for table, columns in names.items():
            script.append(
                f"INSERT INTO {self.schema}.{table} ({columns}) SELECT {columns} FROM bare.{table} "
                "WHERE bare_number = :number;"
            )
        file = folder / "bare.sql"
        file.write_text("\n".join([*script, "COMMIT;"]) + "\n")
        file.chmod(0o644)
        shown = subprocess.run(
            [self.cluster.programs / "pgbench", "--no-vacuum", "--protocol", "prepared", "--client", str(clients),
             "--transactions", str(bookings // clients), "--define", f"n=-{clients}", "--define", f"clients={clients}",
             "--file", file, "--host", self.cluster.folder, "--port", str(self.cluster.port), "--username", "admin",
             self.place.name],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        assert re.search(r"number of failed transactions: 0 ", shown), shown
        return float(re.search(r"tps = ([\d.]+)", shown)[1])

    def columns(self, table: str) -> str:
        """The names of a table's columns, as an INSERT lists them."""
        rows = self.place.ask(
            "SELECT quote_ident(column_name) FROM information_schema.columns "
            f"WHERE table_schema = '{self.schema}' AND table_name = '{table}' ORDER BY ordinal_position"
        )
        return ", ".join(name for (name,) in rows)
