import { join } from 'node:path'
import type { EmbeddedExtension } from '../connection/address.ts'
import { connect } from '../connection/connect.ts'
import { type Connection, DatabaseError } from '../connection/connection.ts'
import { imageName } from '../connection/pglite.ts'
import { createScratch } from '../connection/scratch.ts'
import { version } from '../version.ts'
import { SchemaBroken } from './declared-statements.ts'
import { openKept, openMade } from './kept-database.ts'
import { codeIn } from './kept-file.ts'
import { databaseAddress, type Project } from './project.ts'
import { fillEmpty } from './sample-rows.ts'
import { type Bare, DirectiveFailed, onDatabase, ShadowFailed, withScratch } from './shadow.ts'
import { digest } from './snapshot-cache.ts'
import { withStop } from './stoppable.ts'

/** Two databases with the schema that there is before a migration: one with sample rows in its tables, and one without. */
export type Twins = { readonly filled: Connection; readonly empty: Connection }

/** What makes the schema that there is before a migration. */
export type Beginning = {
  /** All that it hangs on; null where nobody knows before it runs, and nothing is kept. */
  readonly texts: readonly string[] | null
  readonly extensions: readonly EmbeddedExtension[]
  make(bare: Bare): Promise<void>
}

/** Nobody can make that schema, and why. */
export type UnknownBeginning = { readonly unknown: string }

/** What an embedded database says where it lacks what a server may have: an extension, and then its types and functions. */
const lacking = ['0A000', '58P01', 'XX000', '42704', '42883']

/** Why the schema before could not be made, in a sentence, where that is nobody's mistake; null for any other error. */
export function whyNotMade(error: unknown): string | null {
  if (error instanceof ShadowFailed || error instanceof DirectiveFailed) return error.message
  return error instanceof SchemaBroken && lacking.includes(sqlStateOf(error) ?? '') ? error.message : null
}

function sqlStateOf(error: unknown): string | null {
  if (error instanceof DatabaseError) return error.server.sqlState
  return error instanceof Error && error.cause !== undefined ? sqlStateOf(error.cause) : null
}

/** Uses both, embedded or on the server that the project names for what is tried. */
export function onTwins<Answer>(
  project: Project,
  beginning: Beginning,
  use: (twins: Twins) => Promise<Answer>,
): Promise<Answer> {
  const { shadow } = project.autogenerate
  if (shadow === 'embedded') return onEmbeddedTwins(project, beginning, use)
  const address = shadow === 'beside' ? project.address : databaseAddress(shadow, project.directory)
  return onServerTwins(project, { ...beginning, address }, use)
}

async function onEmbeddedTwins<Answer>(
  project: Project,
  beginning: Beginning,
  use: (twins: Twins) => Promise<Answer>,
): Promise<Answer> {
  const { empty, filled } =
    beginning.texts?.length === 0 ? newTwins(project, beginning) : keptTwins(project, beginning)
  try {
    const [first, second] = await Promise.all([filled, empty])
    const twins = { filled: first, empty: second }
    // Whoever stops it cuts both off.
    const abandon = () => {
      twins.filled.abandon()
      twins.empty.abandon()
    }
    return await withStop(project, abandon, () => use(twins))
  } finally {
    for (const one of await Promise.allSettled([filled, empty]))
      if (one.status === 'fulfilled') await one.value.close()
  }
}

type Opening = { readonly [Twin in keyof Twins]: Promise<Connection> }

/** Where nothing was made before: each makes it for itself. */
function newTwins(project: Project, { extensions, make }: Beginning): Opening {
  const open = () => openMade(project, extensions, make)
  return { empty: open(), filled: open() }
}

/** One has what the other has, and sample rows. */
function keptTwins(project: Project, { texts, extensions, make }: Beginning): Opening {
  const name = texts === null ? null : digest([version, imageName(), project.ledgerSchema, ...texts])
  const called = (what: string) => (name === null ? [] : [`${name}${what}`])
  // Other code would fill it with other rows.
  const samples = digest(codeIn([join(import.meta.dirname, '..', 'samples')]))
  const empty = openKept(project, called('before'), { extensions }, make)
  const image = async () => (await empty).image
  const filled = openKept(project, called(samples), { extensions, image }, async ({ connection }) => {
    await fillEmpty(connection, project.ledgerSchema)
  })
  const connectionOf = async (kept: typeof empty) => (await kept).connection
  return { empty: connectionOf(empty), filled: connectionOf(filled) }
}

async function onServerTwins<Answer>(
  project: Project,
  { address, make }: Beginning & { readonly address: Project['address'] },
  use: (twins: Twins) => Promise<Answer>,
): Promise<Answer> {
  const beside = await connect(address)
  const onNew = async <Given>(work: (bare: Bare) => Promise<Given>): Promise<Given> =>
    withScratch(await createScratch(address, beside), (scratch) => onDatabase(project, scratch, work))
  try {
    return await onNew((filled) =>
      onNew(async (empty) => {
        for (const bare of [filled, empty]) await make(bare)
        await fillEmpty(filled.connection, project.ledgerSchema)
        return use({ filled: filled.connection, empty: empty.connection })
      }),
    )
  } finally {
    await beside.close()
  }
}
