import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parse } from 'libpg-query'
import type { HazardClass } from './classes.ts'

/** A migration file, with what its first comment lines say. */
export type Migration = {
  readonly topic: string
  /** `014-unique-index`: its name in the truth. */
  readonly slug: string
  readonly transaction: 'one' | 'none'
  /** The files of the database that it runs on: its schema, and its rows. */
  readonly schema: string
  readonly rows: string
  /** The first major that has what it uses. */
  readonly since: number
  readonly overrides: readonly Override[]
  readonly statements: readonly MigrationStatement[]
}

export type MigrationStatement = {
  readonly text: string
  /** The parser's name of its kind, `AlterTableStmt`, and its fields. */
  readonly kind: string
  readonly node: Readonly<Record<string, unknown>>
}

/** A class that a human has added or taken away, because the measurements cannot say it. */
export type Override = { readonly sign: '+' | '-'; readonly class: HazardClass; readonly reason: string }

const folder = join(import.meta.dirname, 'migrations')

/** Every migration, in the order of their topics and numbers. */
export async function readMigrations(): Promise<readonly Migration[]> {
  const paths = globSync('*/*.sql', { cwd: folder }).toSorted()
  return Promise.all(paths.map((path) => readMigration(path)))
}

async function readMigration(path: string): Promise<Migration> {
  const text = readFileSync(join(folder, path), 'utf8')
  const header = headerOf(text)
  const said = (key: string) => header.filter(([name]) => name === key).map(([, value]) => value)
  return {
    topic: dirname(path),
    slug: basename(path, '.sql'),
    transaction: said('transaction')[0] === 'none' ? 'none' : 'one',
    schema: said('schema')[0] ?? 'base.sql',
    rows: said('rows')[0] ?? 'rows.sql',
    since: Number(said('since')[0] ?? 13),
    overrides: said('classes').flatMap(overridesOf),
    statements: await statementsOf(text),
  }
}

function headerOf(text: string): readonly (readonly [string, string])[] {
  const lines = text.split('\n')
  const end = lines.findIndex((line) => !line.startsWith('--'))
  return lines.slice(0, end).flatMap((line) => {
    const [, name, value] = /^-- (\w+): (.*)$/.exec(line) ?? []
    return name && value ? [[name, value] as const] : []
  })
}

function overridesOf(line: string): readonly Override[] {
  const [classes = '', reason] = line.split(' because ')
  if (!reason) throw new Error(`An override needs a reason: ${line}`)
  return classes
    .split(' ')
    .map((word) => ({ sign: word.startsWith('-') ? '-' : '+', class: word.slice(1) as HazardClass, reason }))
}

async function statementsOf(text: string): Promise<readonly MigrationStatement[]> {
  const bytes = Buffer.from(text)
  const { stmts = [] } = await parse(text)
  return stmts.map(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
    const [kind = '', node] =
      Object.entries(stmt as unknown as Record<string, Record<string, unknown>>)[0] ?? []
    const part = bytes.subarray(start, length === undefined ? undefined : start + length).toString()
    return { text: part.replace(/^(\s*--[^\n]*\n)*\s*/, '').trim(), kind, node: node ?? {} }
  })
}
