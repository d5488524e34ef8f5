import { deepEqual } from 'node:assert/strict'
import { join } from 'node:path'
import { defaultBackfillSettings } from '../../src/backfill/settings.ts'
import { catalogText } from '../../src/catalog/catalog-text.ts'
import { followCatalog } from '../../src/catalog/followed-text.ts'
import { readSnapshot } from '../../src/catalog/read-snapshot.ts'
import type { Snapshot } from '../../src/catalog/snapshot.ts'
import { connect } from '../../src/connection/connect.ts'
import type { Connection } from '../../src/connection/connection.ts'
import { runPrepared } from '../../src/connection/prepared.ts'
import { defaultLockPatience, type LockPatience } from '../../src/connection/retry.ts'
import type { Revision } from '../../src/graph/revision.ts'
import { ledgerWriter } from '../../src/ledger/record.ts'
import { readLedger, type UnfinishedRun, unfinishedRunOf } from '../../src/ledger/state.ts'
import { ensureLedger } from '../../src/ledger/tables.ts'
import { offlineScript } from '../../src/migrate/offline.ts'
import { replay } from '../../src/migrate/replay.ts'
import { runRevision } from '../../src/migrate/revision-runner.ts'
import { openWatch } from '../../src/migrate/watch.ts'
import type { Directive } from '../../src/operations/operation.ts'
import { builtIn } from '../../src/operations/operations.ts'
import type { Recording } from '../../src/operations/recording.ts'
import { abortOf } from '../../src/plan/abort.ts'
import { derivedDowngrade, planRevision } from '../../src/plan/plan.ts'
import type { Stage } from '../../src/plan/stage.ts'
import type { Target } from '../servers/databases.ts'

/** A database on which directives are tried, one after the other, as revisions that the real runner runs. */
export type Bench = {
  readonly connection: Connection
  readonly url: string
  /** Takes everything away that a test has made, and makes what the next one needs. */
  prepare(given?: string): Promise<void>
  /** Applies directives as one revision, the first that there is; gives the kinds of its stages. */
  apply(
    directives: readonly Directive[],
    over?: Connection,
    patience?: Partial<LockPatience>,
  ): Promise<readonly Stage['type'][]>
  /** The same as a script for psql. */
  script(directives: readonly Directive[]): Promise<string>
  /** Takes from the ledger what it knows of the revision. */
  forget(): Promise<void>
  /** Undoes a revision of these directives, by the downgrade that is derived from them. */
  undo(directives: readonly Directive[]): Promise<void>
  /** Takes back what an upgrade to these directives has done that did not come to its end. */
  abort(directives: readonly Directive[], over?: Connection): Promise<void>
  rows(sql: string): Promise<readonly { readonly [column: string]: unknown }[]>
  catalog(): Promise<readonly string[]>
  snapshot(): Promise<Snapshot>
  close(): Promise<void>
}

const ledgerSchema = 'limbeck'

export async function openBench(target: Target): Promise<Bench> {
  const database = await target.open()
  const connection = await connect(database.url)
  await ensureLedger(connection, ledgerSchema)
  const followed = followCatalog(connection, { ledgerSchema })
  const rows = async (sql: string) => (await connection.run(sql)).at(-1)?.rows ?? []
  const run = async (
    recording: Recording,
    direction: 'upgrade' | 'downgrade',
    over: Connection,
    patience: Partial<LockPatience> = {},
    unfinished: UnfinishedRun | null = null,
  ) => {
    const stages: Stage['type'][] = []
    const watch = openWatch(over, {
      terminateBlockersAfter: null,
      lockTimeout: defaultLockPatience.lockTimeout,
    })
    await runRevision({
      connection: over,
      schema: ledgerSchema,
      ledger: ledgerWriter(ledgerSchema, { osUser: 'test', host: 'test', version: '0' }),
      planned: await planRevision({ revision, direction, recording, server: over }),
      checksum: '',
      vocabulary: builtIn,
      hooks: {},
      revise: () => {},
      unfinished,
      patience: { ...defaultLockPatience, attempts: 1, ...patience },
      backfills: defaultBackfillSettings,
      signal: undefined,
      onEvent: (event) => {
        if (event.type === 'stage-started') stages.push(event.kind)
      },
      watch,
    }).finally(watch.close)
    return stages
  }
  return {
    connection,
    url: database.url,
    rows,
    prepare: async (given = '') => {
      if (connection.transaction() !== 'idle') await connection.run('ROLLBACK')
      await connection.run(`${clean};\n${given}`)
    },
    async apply(directives, over = connection, patience) {
      await connection.run(forget)
      return run(recordingOf(directives), 'upgrade', over, patience)
    },
    async script(directives) {
      const recording = recordingOf(directives)
      return offlineScript({
        title: 'an example',
        major: connection.major,
        ledger: ledgerWriter(ledgerSchema, { osUser: null, host: null, version: '0' }),
        plans: [
          {
            planned: await planRevision({ revision, direction: 'upgrade', recording, server: connection }),
            vocabulary: builtIn,
            file: { checksum: '' },
          },
        ],
        start: { applied: [], absent: [revision.id] },
      })
    },
    forget: async () => void (await connection.run(forget)),
    async undo(directives) {
      await run(derivedDowngrade(revision, recordingOf(directives)), 'downgrade', connection)
    },
    async abort(directives, over = connection) {
      const { unfinished } = await readLedger(connection, ledgerSchema)
      const begun = unfinishedRunOf(unfinished, revision.id, 'upgrade')
      if (begun === null) return
      const recording = recordingOf(directives)
      const planned = await planRevision({ revision, direction: 'upgrade', recording, server: connection })
      const asked = { server: connection, vocabulary: builtIn }
      const done = await replay({ ...asked, planned, run: begun, revise: () => {}, checksum: '' })
      const abortion = abortOf(revision, done, builtIn)
      await run(abortion, 'downgrade', over, {}, unfinishedRunOf(unfinished, revision.id, 'downgrade'))
    },
    async catalog() {
      // Planned once: that takes longer than all else that is done for an example.
      const lines = await catalogText(async (text) => (await runPrepared(connection, [{ text }])).flat())
      // Whatever has changed since it was asked last, what follows a catalog has seen it.
      deepEqual(await followed.read(), [...lines].sort())
      return lines
    },
    snapshot: () => readSnapshot(connection, { ledgerSchema, isAskedAgain: true }),
    async close() {
      if (connection.transaction() !== 'idle') await connection.run('ROLLBACK')
      // A database that has a subscription cannot be dropped.
      await connection.run(clean)
      await connection.close()
      await database.drop()
    },
  }
}

function recordingOf(directives: readonly Directive[]): Recording {
  return { directives: directives.map((directive) => ({ directive, at: null })), open: null }
}

const revision: Revision = {
  id: 'example',
  downRevisions: [],
  branchLabels: [],
  dependsOn: [],
  message: 'An example',
  createDate: null,
  phase: null,
  replaces: [],
  parts: [],
  // Data that an example reads is in the folder "data" beside it.
  file: join(import.meta.dirname, 'example.ts'),
}

/**
 * Takes away what is no part of PostgreSQL: event triggers first, which would be fired by the rest; what is in no schema;
 * then the schemas. A subscription lets go of its slot, which was never made.
 */
const clean = `DISCARD TEMP;
DO $$
DECLARE
  made record;
BEGIN
  FOR made IN SELECT evtname AS name FROM pg_event_trigger LOOP
    EXECUTE format('DROP EVENT TRIGGER %I', made.name);
  END LOOP;
  FOR made IN SELECT subname AS name FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database()) LOOP
    -- PostgreSQL 13 keeps the comment on a subscription that is gone, and cannot describe it then.
    EXECUTE format('COMMENT ON SUBSCRIPTION %I IS NULL', made.name);
    EXECUTE format('ALTER SUBSCRIPTION %I DISABLE', made.name);
    EXECUTE format('ALTER SUBSCRIPTION %I SET (slot_name = NONE)', made.name);
    EXECUTE format('DROP SUBSCRIPTION %I', made.name);
  END LOOP;
  FOR made IN SELECT pubname AS name FROM pg_publication LOOP
    EXECUTE format('DROP PUBLICATION %I', made.name);
  END LOOP;
  -- DROP EXTENSION fails where it takes along an index whose operator class has options ("cache lookup failed").
  FOR made IN SELECT c.oid::regclass AS name FROM pg_class c
    WHERE relkind IN ('i', 'I') AND NOT relispartition AND EXISTS (
      SELECT FROM pg_attribute WHERE attrelid = c.oid AND attoptions IS NOT NULL)
  LOOP
    EXECUTE format('DROP INDEX %s', made.name);
  END LOOP;
  FOR made IN SELECT extname AS name FROM pg_extension WHERE extname <> 'plpgsql' LOOP
    EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', made.name);
  END LOOP;
  FOR made IN SELECT fdwname AS name FROM pg_foreign_data_wrapper LOOP
    EXECUTE format('DROP FOREIGN DATA WRAPPER %I CASCADE', made.name);
  END LOOP;
  FOR made IN SELECT nspname AS name FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', '${ledgerSchema}')
  LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', made.name);
  END LOOP;
  FOR made IN SELECT castsource::regtype AS source, casttarget::regtype AS target FROM pg_cast WHERE oid >= 16384 LOOP
    EXECUTE format('DROP CAST (%s AS %s)', made.source, made.target);
  END LOOP;
  FOR made IN SELECT lanname AS name FROM pg_language WHERE oid >= 16384 LOOP
    EXECUTE format('DROP LANGUAGE %I CASCADE', made.name);
  END LOOP;
  FOR made IN SELECT amname AS name FROM pg_am WHERE oid >= 16384 LOOP
    EXECUTE format('DROP ACCESS METHOD %I CASCADE', made.name);
  END LOOP;
  FOR made IN SELECT trftype::regtype AS type, lanname AS language FROM pg_transform t JOIN pg_language l ON l.oid = trflang
    WHERE t.oid >= 16384
  LOOP
    EXECUTE format('DROP TRANSFORM FOR %s LANGUAGE %I', made.type, made.language);
  END LOOP;
  PERFORM lo_unlink(oid) FROM pg_largeobject_metadata;
  DELETE FROM pg_default_acl;
END $$;
CREATE SCHEMA public`

/** What a run has of its own goes with it. */
const forget = `TRUNCATE ${ledgerSchema}.revision, ${ledgerSchema}.run CASCADE`
