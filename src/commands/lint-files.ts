import { extensionsIn } from '../connection/address.ts'
import { staticObservations } from '../lint/static/observe.ts'
import { defaultAutogenerate } from './autogenerate-options.ts'
import { declarationOf, declaringTexts, makerOf } from './declared-schema.ts'
import type { LintOptions } from './lint.ts'
import type { Linted } from './lint-revisions.ts'
import { askTarget, unknownTarget } from './lint-target.ts'
import { fileSubject, textSubject } from './lint-text-subject.ts'
import type { Project } from './project.ts'

/** Files of SQL to look at, and what makes the schema that there is before them. */
export async function filesLinted(
  project: Project,
  { files = [], texts = [], schema: given = [], transaction, asksDatabase = false }: LintOptions,
): Promise<Linted> {
  const { directory } = project
  const running = { mode: transaction, isEmbedded: project.autogenerate.shadow === 'embedded' }
  const subjects = [
    ...(await Promise.all(files.map((file) => fileSubject(file, { directory, ...running })))),
    ...(await Promise.all(texts.map((text) => textSubject(text, running)))),
  ]
  const said = subjects.flatMap(({ transactions }) =>
    transactions.flatMap(({ statements }) => statements.map(({ parsed }) => parsed.text)),
  )
  const target = asksDatabase ? await askTarget(project) : unknownTarget
  const isGiven = !Array.isArray(given) || given.length > 0
  const schema = isGiven || !asksDatabase ? given : { database: urlOf(project.address) }
  // Who says nothing of the schema, and alters what no file has made, has one somewhere.
  const isAltered = staticObservations(subjects.flatMap(({ transactions }) => transactions)).some(
    ({ old }) => old.size > 0,
  )
  if (!isGiven && !asksDatabase && isAltered)
    return {
      subjects,
      target,
      beginning: {
        unknown:
          'they alter what they have not made, and no schema was given. Say --schema FILE with what there is before ("pg_dump --schema-only DATABASE > FILE" makes one), or --database-url to have the database asked.',
      },
    }
  // A migration may be about what nobody compares, the tables of other tools too.
  const { include, exclude } = defaultAutogenerate
  const declaration = await declarationOf(schema, {
    ...project,
    autogenerate: { ...project.autogenerate, include, exclude },
  })
  const before = declaringTexts(declaration)
  const make = makerOf(declaration, { rows: 'take' })
  return {
    subjects,
    target,
    beginning: {
      texts: before,
      extensions: extensionsIn([...before, ...said]),
      async make(bare) {
        await make(bare)
      },
    },
  }
}

function urlOf(address: Project['address']): string {
  if (address.type === 'memory')
    throw new Error('A project has a database that is there again when it is opened again.')
  return address.type === 'server' ? address.url : `pglite:${address.directory}`
}
