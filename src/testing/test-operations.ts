import { deepStrictEqual } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultBackfillSettings } from '../backfill/settings.ts'
import { catalogText } from '../catalog/catalog-text.ts'
import { connect } from '../connection/connect.ts'
import type { Connection } from '../connection/connection.ts'
import { defaultLockPatience } from '../connection/retry.ts'
import { ledgerWriter } from '../ledger/record.ts'
import { ensureLedger } from '../ledger/tables.ts'
import { runRevision } from '../migrate/revision-runner.ts'
import { openWatch } from '../migrate/watch.ts'
import type { Directive, Example, Operation } from '../operations/operation.ts'
import { factsOf, type Vocabulary, vocabularyWith } from '../operations/operations.ts'
import { printDirective } from '../operations/print.ts'
import { type Recording, record } from '../operations/recording.ts'
import { derivedDowngrade, planRevision } from '../plan/plan.ts'

/** An operation with its examples; which fields it takes is no matter here. */
type TestedOperation = Pick<Operation<string, never>, 'kind'> & {
  readonly definition: Parameters<typeof vocabularyWith>[0][number]['definition'] & {
    readonly examples: readonly Example<object>[]
  }
}

/**
 * Tries every example of a project's own operations, each on an embedded database of its own, as Limbeck's own are tried:
 * its SQL runs, its inverse brings the catalog back (unless the example says in `leaves` why it does not), and the directive
 * as it is printed reads back as the same one. Give the operations that undo each other together. Throws what does not hold.
 * @example
 * test('the operations of this project', () => testOperations([createTenant, dropTenant]))
 */
export async function testOperations(operations: readonly TestedOperation[]): Promise<void> {
  const vocabulary = vocabularyWith(operations)
  for (const { kind, definition } of operations) {
    for (const example of definition.examples) {
      const directive = { kind, ...example.fields }
      await readsBack(directive, vocabulary)
      await onDatabase((connection) => isUndone(connection, { directive, example, vocabulary }))
    }
  }
}

async function readsBack(directive: Directive, vocabulary: Vocabulary): Promise<void> {
  const code = printDirective(directive)
  const { directives } = await record(new Function('op', code) as () => void, { vocabulary })
  deepStrictEqual(directives[0]?.directive, directive, `${code} does not read back as the same directive`)
}

async function isUndone(
  connection: Connection,
  tried: {
    readonly directive: Directive
    readonly example: Example<object>
    readonly vocabulary: Vocabulary
  },
): Promise<void> {
  const { directive, example, vocabulary } = tried
  const catalog = () => catalogText(async (sql) => (await connection.run(sql)).at(-1)?.rows ?? [])
  await connection.run(example.given ?? '')
  const before = await catalog()
  const upgrade: Recording = { directives: [{ directive, at: null }], open: null }
  await runRecording(connection, { recording: upgrade, direction: 'upgrade', vocabulary })
  if ('irreversible' in factsOf(directive, vocabulary).inverse()) return
  const recording = derivedDowngrade(revision, upgrade, vocabulary)
  await runRecording(connection, { recording, direction: 'downgrade', vocabulary })
  if (example.leaves === undefined)
    deepStrictEqual(await catalog(), before, `${directive.kind} is not undone by its inverse`)
}

async function runRecording(
  connection: Connection,
  run: {
    readonly recording: Recording
    readonly direction: 'upgrade' | 'downgrade'
    readonly vocabulary: Vocabulary
  },
): Promise<void> {
  await runRevision({
    connection,
    schema: ledgerSchema,
    ledger: ledgerWriter(ledgerSchema, { osUser: null, host: null, version: 'test' }),
    planned: await planRevision({ ...run, revision, server: connection }),
    vocabulary: run.vocabulary,
    checksum: '',
    revise: () => {},
    unfinished: null,
    patience: { ...defaultLockPatience, attempts: 1 },
    backfills: defaultBackfillSettings,
    signal: undefined,
    onEvent: () => {},
    hooks: {},
    watch: openWatch(connection, { terminateBlockersAfter: null, lockTimeout: 0 }),
  })
}

const ledgerSchema = 'limbeck'

const revision = {
  id: 'example',
  downRevisions: [],
  branchLabels: [],
  dependsOn: [],
  message: 'An example of an operation.',
  createDate: null,
  phase: null,
  replaces: [],
  parts: [],
  file: 'example',
}

async function onDatabase(use: (connection: Connection) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'limbeck-test-'))
  const connection = await connect(`pglite:${join(directory, 'database')}`)
  try {
    await ensureLedger(connection, ledgerSchema)
    await use(connection)
  } finally {
    await connection.close()
    rmSync(directory, { recursive: true, force: true })
  }
}
