import { catalogText } from '../catalog/catalog-text.ts'
import { connect } from '../connection/connect.ts'
import { createScratch } from '../connection/scratch.ts'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import { ledgerWriter } from '../ledger/record.ts'
import { readState } from '../ledger/state.ts'
import { ensureLedger } from '../ledger/tables.ts'
import { type Vocabulary, vocabularyWith } from '../operations/operations.ts'
import { planAll } from './plan-all.ts'
import type { Project } from './project.ts'
import { runAll } from './run-all.ts'
import { type Reading, runner, type Session } from './session.ts'

/** A revision that cannot be run where there are no rows. */
export class ShadowFailed extends LimbeckError {
  readonly code = 'SHADOW_FAILED'

  constructor(cause: Error) {
    super(`The revisions cannot be run on an empty database: ${cause.message}`, {
      hint: 'What they make is found out by running them without any rows, backfills and asserts passed over. A revision that needs rows that none of them has written can be known only where these are.',
      cause,
    })
  }
}

/** Runs revisions on an empty database beside one, uses what they have made there, and drops it. */
export async function withShadow<Answer>(
  { connection, project }: Pick<Reading, 'connection'> & { readonly project: Project },
  revisions: readonly Revision[],
  use: (session: Session) => Promise<Answer>,
): Promise<Answer> {
  const scratch = await createScratch(project.address, connection)
  try {
    const shadow = await connect(scratch.address)
    try {
      await ensureLedger(shadow, project.ledgerSchema)
      const session: Session = {
        connection: shadow,
        state: await readState(shadow, project.ledgerSchema),
        ledger: ledgerWriter(project.ledgerSchema, runner()),
        // What a project does around its runs is not for this one.
        project: { ...project, address: scratch.address, hooks: {} },
        options: {},
      }
      await runRevisions(session, revisions)
      return await use(session)
    } finally {
      await shadow.close()
    }
  } finally {
    await scratch.drop()
  }
}

/** What the catalog says, but for the ledger and the database itself. */
export function schemaText({ connection, project }: Pick<Session, 'connection' | 'project'>) {
  return catalogText(async (sql) => (await connection.run(sql)).at(-1)?.rows ?? [], {
    ledgerSchema: project.ledgerSchema,
    ofDatabase: false,
  })
}

async function runRevisions(session: Session, revisions: readonly Revision[]): Promise<void> {
  const { operations } = session.project
  const vocabulary = withoutRows(vocabularyWith(operations))
  const plans = await planAll(revisions, 'upgrade', { server: session.connection, operations, vocabulary })
  await runAll(session, plans, 'revision').catch((error: unknown) => {
    throw error instanceof LimbeckError ? new ShadowFailed(error) : error
  })
}

/** What only reads or writes rows does nothing. */
function withoutRows(vocabulary: Vocabulary): Vocabulary {
  return new Map(
    [...vocabulary].map(([kind, definition]) => [
      kind,
      definition.rowsOnly === true ? { ...definition, steps: () => [] } : definition,
    ]),
  )
}
