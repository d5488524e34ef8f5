import { createHash } from 'node:crypto'
import { refuse } from '../python/evaluation.ts'
import { Dict, type Value } from '../python/value.ts'
import { calledOf } from './term.ts'

/** PostgreSQL's limit, in bytes; SQLAlchemy counts characters. */
const longest = 63

/** A name as it was given: `conventional` by `op.f`, which no convention touches. */
export type GivenName = { readonly text: string; readonly conventional: boolean } | null

/** A name of a constraint or an index, which may be None. */
export function givenName(value: Value | undefined): GivenName {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return { text: value, conventional: false }
  const called = calledOf(value)
  const [text] = called?.positional ?? []
  if (called?.name === 'sa.quoted_name' && typeof text === 'string') return { text, conventional: false }
  const isConventional = called?.name === 'alembic.op.f' || called?.name === 'sa.conv'
  if (isConventional && typeof text === 'string') return { text: shortened(text), conventional: true }
  return refuse('a name that is no known text')
}

/** How SQLAlchemy cuts a name that it made, or that is said to be conventional: 55 characters, and 4 digits of its md5. */
export function shortened(name: string): string {
  if (name.length <= longest) return name
  return `${name.slice(0, longest - 8)}_${createHash('md5').update(name).digest('hex').slice(-4)}`
}

/** What a project says of the names of its constraints: `{"uq": "uq_%(table_name)s_%(column_0_name)s"}`. */
export type Convention = ReadonlyMap<string, string>

/** SQLAlchemy's own, where a project says nothing. */
export const usualConvention: Convention = new Map([['ix', 'ix_%(column_0_label)s']])

/** What a name is made of. */
export type Named = {
  readonly kind: 'ix' | 'uq' | 'ck' | 'fk' | 'pk'
  readonly table: string
  readonly schema?: string | undefined
  readonly columns: readonly string[]
  /** Of a foreign key. */
  readonly referred?: {
    readonly table: string
    readonly schema?: string | undefined
    readonly columns: readonly string[]
  }
}

/** The name that a constraint or index gets; null where PostgreSQL chooses one. */
export function nameFor(given: GivenName, named: Named, convention: Convention): string | null {
  if (given?.conventional === true) return given.text
  const template = convention.get(named.kind)
  if (template === undefined) return given === null ? null : given.text
  // A name of one's own stands, unless the convention takes it in.
  if (given !== null && !template.includes('%(constraint_name)s')) return given.text
  if (given === null && template.includes('%(constraint_name)s'))
    return named.kind === 'ck' ? null : refuse('the naming convention wants a name, and there is none')
  return shortened(filled(template, given, named))
}

function filled(template: string, given: GivenName, named: Named): string {
  return template.replace(/%\((\w+)\)s/g, (_, token: string) => {
    if (token === 'constraint_name') return given?.text ?? ''
    if (token === 'table_name') return named.table
    if (token === 'referred_table_name') return named.referred?.table ?? ''
    const column = /^(referred_)?column_(\d+)(N)?(_N)?_?(name|label|key)?$/.exec(token)
    if (column === null) return refuse(`the token ${token} of a naming convention is not known here`)
    const [, referred, place = '0', all, allApart, what = 'name'] = column
    const columns = (referred === undefined ? named.columns : named.referred?.columns) ?? []
    const label = (name: string) =>
      what === 'label'
        ? [named.schema?.replaceAll('.', '_'), named.table, name].filter(Boolean).join('_')
        : name
    if (all !== undefined || allApart !== undefined)
      return columns.map(label).join(allApart === undefined ? '' : '_')
    const name = columns[Number(place)]
    return name === undefined ? refuse('a naming convention names a column that there is not') : label(name)
  })
}

/** A convention as a project's dict says it. */
export function conventionOf(value: Value): Convention {
  if (!(value instanceof Dict)) return refuse('a naming convention that is no known dict')
  const said = [...value.entries.values()].map(([key, template]) =>
    typeof key === 'string' && typeof template === 'string'
      ? ([key, template] as const)
      : refuse('a naming convention with a function, or of a class'),
  )
  return new Map(said)
}
