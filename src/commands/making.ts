import { changeBetween } from '../autogenerate/directives.ts'
import { initialSnapshot } from '../catalog/initial.ts'
import { readSnapshot } from '../catalog/read-snapshot.ts'
import type { Snapshot } from '../catalog/snapshot.ts'
import type { DatabaseAddress } from '../connection/address.ts'
import { connect } from '../connection/connect.ts'
import { LimbeckError } from '../error.ts'
import type { Revision } from '../graph/revision.ts'
import type { Directive } from '../operations/operation.ts'
import { compared } from './compared.ts'
import type { Project } from './project.ts'
import { readGraph } from './read-graph.ts'
import { appliedIds, withReading } from './session.ts'
import { withGraph } from './with-graph.ts'

/** What makes of a new database what there is in another one. `major`: of the server that has it. */
export function makingOf(snapshot: Snapshot, major: number): readonly Directive[] {
  return changeBetween(initialSnapshot(snapshot, major), snapshot).directives
}

/** What makes a database as the one at an address is, as far as the project compares it. Nothing is changed there. */
export async function makingOfDatabase(
  address: DatabaseAddress,
  { ledgerSchema, autogenerate }: Project,
): Promise<readonly Directive[]> {
  const connection = await connect(address)
  try {
    const snapshot = compared(await readSnapshot(connection, { ledgerSchema }), autogenerate)
    return makingOf(snapshot, connection.major)
  } finally {
    await connection.close()
  }
}

/** The project's database does not stand where the new revision comes. */
export class DatabaseElsewhere extends LimbeckError {
  readonly code = 'DATABASE_ELSEWHERE'
  readonly lacking: readonly string[]
  readonly beyond: readonly string[]

  constructor(database: string, lacking: readonly string[], beyond: readonly string[]) {
    const [lacks, has] = [lacking.join(', '), beyond.join(', ')]
    super(
      lacking.length > 0
        ? `${database} lacks ${lacks}, which the new revision comes after.`
        : `${database} has ${has}, which the new revision does not come after.`,
      {
        hint: 'What a database has is compared once it stands where the new revision comes: "limbeck upgrade" or "limbeck abort" first, or --head. Nothing was written.',
      },
    )
    this.lacking = lacking
    this.beyond = beyond
  }
}

/** What makes a database as the project's own is, which has all of these revisions and no others, nor any that is half done. */
export async function makingOfProject(
  project: Project,
  revisions: readonly Revision[],
): Promise<readonly Directive[]> {
  const files = readGraph(project)
  await withReading(project, async (reading) => {
    const { connection, state } = withGraph(files, reading)
    const [applied, wanted] = [appliedIds(state), revisions.map(({ id }) => id)]
    const lacking = wanted.filter((id) => !applied.has(id))
    const beyond = [...applied, ...state.unfinished.map(({ revision }) => revision)].filter(
      (id) => !wanted.includes(id),
    )
    if (lacking.length + beyond.length > 0) throw new DatabaseElsewhere(connection.database, lacking, beyond)
  })
  return makingOfDatabase(project.address, project)
}
