import { extensionsIn } from '../connection/address.ts'
import { staticObservations } from '../lint/static/observe.ts'
import { serverText } from '../sql/psql-text.ts'
import { parseStatements } from '../sql/statements.ts'
import { declarationOf, declaringTexts, makerOf } from './declared-schema.ts'
import type { LintOptions } from './lint.ts'
import type { Linted } from './lint-revisions.ts'
import { fileSubject, textSubject } from './lint-subjects.ts'
import type { Project } from './project.ts'

/** Files of SQL to look at, and what makes the schema that there is before them. */
export async function filesLinted(
  project: Project,
  { files = [], texts = [], schema = [], transaction }: LintOptions,
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
  // Who says nothing of the schema, and alters what no file has made, has one somewhere.
  const isAltered = staticObservations(subjects.flatMap(({ transactions }) => transactions)).some(
    ({ old }) => old.size > 0,
  )
  if (Array.isArray(schema) && schema.length === 0 && isAltered)
    return {
      subjects,
      sizes: new Map(),
      beginning: {
        unknown: 'no schema was given (--schema), and they alter what they have not made.',
      },
    }
  const declaration = await declarationOf(schema, project)
  const before = declaringTexts(declaration)
  const make = makerOf(declaration, { rows: 'take' })
  return {
    subjects,
    sizes: new Map(),
    beginning: {
      texts: before,
      rows: (await writesRows(before)) ? 'given' : 'samples',
      extensions: extensionsIn([...before, ...said]),
      async make(bare) {
        await make(bare)
      },
    },
  }
}

async function writesRows(texts: readonly string[]): Promise<boolean> {
  for (const text of texts)
    if ((await parseStatements(serverText(text).sql)).some(({ content }) => content === 'rows')) return true
  return false
}
