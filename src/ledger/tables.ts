import type { Connection } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'
import { quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'

/** The ledger's own version. It goes up by one with each entry in `upgrades`. */
export const ledgerFormat = 6

/** The ledger was written by a newer Limbeck, whose records this one could misread. */
export class LedgerTooNew extends LimbeckError {
  readonly code = 'LEDGER_TOO_NEW'
  readonly found: number
  readonly schema: string

  constructor(found: number, schema: string) {
    super(
      `The ledger in the schema ${schema} has format ${found}; this Limbeck knows formats up to ${ledgerFormat}.`,
      {
        hint: 'A newer Limbeck has been here. Install that version or a later one, and run the command again.',
      },
    )
    this.found = found
    this.schema = schema
  }
}

/** The ledger is older than what is to be written into it, and only who has the lease may bring it up to date. */
export class LedgerOutdated extends LimbeckError {
  readonly code = 'LEDGER_OUTDATED'
  readonly found: number
  readonly schema: string

  constructor(found: number, schema: string) {
    super(
      `The ledger in the schema ${schema} has format ${found}; this Limbeck writes format ${ledgerFormat}.`,
      {
        hint: 'Run "limbeck upgrade" or "limbeck ensure-version" first: it brings the ledger up to date. Nothing has been changed.',
      },
    )
    this.found = found
    this.schema = schema
  }
}

/** The name of one of the ledger's tables, quoted. */
export function ledgerTable(
  schema: string,
  table: 'revision' | 'run' | 'stage' | 'backfill' | 'backfill_range' | 'backfill_failure' | 'format',
): string {
  return `${quoteIdentifier(schema)}.${table}`
}

/** What brings the ledger from each format to the next; the first makes it. */
const upgrades: readonly ((schema: string) => string)[] = [
  (schema) => `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)};
CREATE TABLE ${ledgerTable(schema, 'format')} (version integer NOT NULL);
CREATE TABLE ${ledgerTable(schema, 'run')} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  revision text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('upgrade', 'downgrade', 'stamp', 'accept')),
  status text NOT NULL CHECK (status IN ('running', 'failed', 'done')),
  attempts integer NOT NULL DEFAULT 1,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  checksum text,
  database_user text NOT NULL DEFAULT session_user,
  os_user text,
  host text,
  limbeck text NOT NULL,
  error jsonb
);
CREATE UNIQUE INDEX run_unfinished ON ${ledgerTable(schema, 'run')} (revision) WHERE status <> 'done';
CREATE TABLE ${ledgerTable(schema, 'stage')} (
  run bigint NOT NULL REFERENCES ${ledgerTable(schema, 'run')} ON DELETE CASCADE,
  ordinal integer NOT NULL,
  title text NOT NULL,
  fingerprint text NOT NULL,
  status text NOT NULL CHECK (status IN ('running', 'failed', 'done')),
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  answers bytea,
  PRIMARY KEY (run, ordinal)
);
CREATE TABLE ${ledgerTable(schema, 'backfill')} (
  run bigint NOT NULL,
  stage integer NOT NULL,
  key text[] NOT NULL,
  upper text[],
  cursor text[],
  rows_scanned bigint NOT NULL DEFAULT 0,
  rows_written bigint NOT NULL DEFAULT 0,
  rows_estimated bigint,
  batches integer NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run, stage),
  FOREIGN KEY (run, stage) REFERENCES ${ledgerTable(schema, 'stage')} ON DELETE CASCADE
);
CREATE TABLE ${ledgerTable(schema, 'revision')} (
  id text PRIMARY KEY,
  down_revisions text[] NOT NULL,
  depends_on text[] NOT NULL,
  message text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  run bigint NOT NULL REFERENCES ${ledgerTable(schema, 'run')}
);
COMMENT ON SCHEMA ${quoteIdentifier(schema)} IS 'What Limbeck has done to this database. Read it freely; let Limbeck write it.'`,
  (schema) => `CREATE TABLE ${ledgerTable(schema, 'backfill_range')} (
  run bigint NOT NULL,
  stage integer NOT NULL,
  ordinal integer NOT NULL,
  lower text[],
  upper text[] NOT NULL,
  cursor text[],
  rows_scanned bigint NOT NULL DEFAULT 0,
  rows_written bigint NOT NULL DEFAULT 0,
  batches integer NOT NULL DEFAULT 0,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run, stage, ordinal),
  FOREIGN KEY (run, stage) REFERENCES ${ledgerTable(schema, 'backfill')} ON DELETE CASCADE
);
INSERT INTO ${ledgerTable(schema, 'backfill_range')} (run, stage, ordinal, upper, cursor, rows_scanned, rows_written, batches, updated_at)
  SELECT run, stage, 1, upper, cursor, rows_scanned, rows_written, batches, updated_at
  FROM ${ledgerTable(schema, 'backfill')} WHERE upper IS NOT NULL;
ALTER TABLE ${ledgerTable(schema, 'backfill')}
  DROP COLUMN upper, DROP COLUMN cursor, DROP COLUMN rows_scanned, DROP COLUMN rows_written, DROP COLUMN batches,
  DROP COLUMN updated_at`,
  (schema) => `ALTER TABLE ${ledgerTable(schema, 'backfill')}
  ADD COLUMN title text NOT NULL DEFAULT '',
  ADD COLUMN wanted text NOT NULL DEFAULT 'run' CHECK (wanted IN ('run', 'pause', 'cancel')),
  ADD COLUMN target_milliseconds integer,
  ADD COLUMN waits_for text;
CREATE TABLE ${ledgerTable(schema, 'backfill_failure')} (
  run bigint NOT NULL,
  stage integer NOT NULL,
  key text[] NOT NULL,
  message text NOT NULL,
  failed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (run, stage, key),
  FOREIGN KEY (run, stage) REFERENCES ${ledgerTable(schema, 'backfill')} ON DELETE CASCADE
)`,
  (schema) => `ALTER TABLE ${ledgerTable(schema, 'backfill')}
  ADD COLUMN detached boolean NOT NULL DEFAULT false,
  ADD COLUMN touches jsonb;
ALTER TABLE ${ledgerTable(schema, 'backfill_range')}
  ALTER COLUMN upper DROP NOT NULL,
  ADD COLUMN done boolean NOT NULL DEFAULT false;
UPDATE ${ledgerTable(schema, 'backfill_range')} g SET done = true WHERE cursor = upper OR EXISTS (
  SELECT 1 FROM ${ledgerTable(schema, 'stage')} s WHERE s.run = g.run AND s.ordinal = g.stage AND s.status = 'done')`,
  // While an upgrade that is half done is taken back, it stays beside that downgrade.
  (schema) => `DROP INDEX ${quoteIdentifier(schema)}.run_unfinished;
CREATE UNIQUE INDEX run_unfinished ON ${ledgerTable(schema, 'run')} (revision, direction) WHERE status <> 'done'`,
  // Null where batches were done of which nobody has kept the time.
  (
    schema,
  ) => `ALTER TABLE ${ledgerTable(schema, 'backfill_range')} ADD COLUMN worked_milliseconds bigint DEFAULT 0;
UPDATE ${ledgerTable(schema, 'backfill_range')} SET worked_milliseconds = NULL WHERE batches > 0`,
]

/** The ledger's format; 0 where there is none. */
export async function readFormat(connection: Connection, schema: string): Promise<number> {
  const [there] = await connection.run(
    `SELECT to_regclass(${quoteLiteral(ledgerTable(schema, 'format'))}) IS NOT NULL AS exists`,
  )
  if (there?.rows[0]?.['exists'] !== true) return 0
  const [result] = await connection.run(`SELECT version FROM ${ledgerTable(schema, 'format')}`)
  const found = Number(result?.rows[0]?.['version'] ?? 0)
  if (found > ledgerFormat) throw new LedgerTooNew(found, schema)
  return found
}

/** Throws where there is a ledger and it is not up to date. */
export async function refuseOutdated(connection: Connection, schema: string): Promise<void> {
  const found = await readFormat(connection, schema)
  if (found > 0 && found < ledgerFormat) throw new LedgerOutdated(found, schema)
}

/**
 * Makes the ledger, or brings an older one up to date, in one transaction. The lease keeps others from doing the same. `first` is
 * called where there is none yet, before it is made.
 */
export async function ensureLedger(
  connection: Connection,
  schema: string,
  first: () => Promise<void> = async () => {},
): Promise<void> {
  const found = await readFormat(connection, schema)
  if (found === ledgerFormat) return
  if (found === 0) await first()
  const { statements } = ledgerScript(schema, found)
  await connection.run(`BEGIN;\n${statements};\nCOMMIT`)
}

/** The statements that bring the ledger from a format to another, 0 being none at all; for offline scripts too. */
export function ledgerScript(
  schema: string,
  from: number,
  to: number = ledgerFormat,
): { readonly statements: string } {
  const format = ledgerTable(schema, 'format')
  const version = `DELETE FROM ${format};\nINSERT INTO ${format} VALUES (${to})`
  return {
    statements: [...upgrades.slice(from, to).map((upgrade) => upgrade(schema)), version].join(';\n'),
  }
}
