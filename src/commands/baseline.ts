import { readSnapshot } from '../catalog/read-snapshot.ts'
import { connect } from '../connection/connect.ts'
import { createScratch } from '../connection/scratch.ts'
import { LimbeckError } from '../error.ts'
import { factsOf } from '../operations/operations.ts'
import { revisionText } from '../script/revision-text.ts'
import { compared } from './compared.ts'
import type { GeneratedRevisionReport } from './generate-revision.ts'
import { makingOf } from './making.ts'
import type { Config } from './project.ts'
import { type Look, prove } from './prove.ts'
import { prepareRevision, type RevisionOptions } from './revision.ts'
import { withShadow } from './shadow.ts'
import { type Stoppable, untilStopped } from './stoppable.ts'

/** There are revisions already, of which one that makes everything could be no base. */
export class NotEmpty extends LimbeckError {
  readonly code = 'NOT_EMPTY'
  readonly revisions: number

  constructor(revisions: number) {
    super(
      `There ${revisions === 1 ? 'is 1 revision' : `are ${revisions} revisions`} already, and a baseline is the first.`,
      {
        hint: 'Take an empty folder for a database that Limbeck has not made; what was done by hand to one that it has, "limbeck drift" says.',
      },
    )
    this.revisions = revisions
  }
}

/**
 * Writes the first revision of a database that is there: what makes it as it is. It is tried on an empty database beside it, and compared.
 * The database itself is not changed; `limbeck stamp head` records there that it has the revision.
 */
export async function baseline(
  config: Config = {},
  options: Omit<RevisionOptions, 'heads' | 'splice'> & Stoppable = {},
): Promise<GeneratedRevisionReport> {
  const { project: asSaid, graph, write } = prepareRevision(config, options)
  const project = { ...asSaid, signal: options.signal }
  if (graph.revisions.size > 0) throw new NotEmpty(graph.revisions.size)
  const connection = await connect(project.address)
  try {
    const { ledgerSchema, autogenerate } = project
    const snapshot = compared(await readSnapshot(connection, { ledgerSchema }), autogenerate)
    const directives = makingOf(snapshot, connection.major)
    await untilStopped(options, async () =>
      withShadow(project, await createScratch(project.address, connection), async (session) => {
        const look: Look = (whole) => compared(whole, autogenerate)
        await prove(session, { id: 'baseline', directives, to: snapshot, look })
      }),
    )
    const report = write({ upgrade: revisionText(directives) })
    return {
      ...report,
      does: directives.map((directive) => factsOf(directive).title),
      irreversible: null,
      losses: [],
      hazards: [],
      unclear: [],
      contract: null,
    }
  } finally {
    await connection.close()
  }
}
