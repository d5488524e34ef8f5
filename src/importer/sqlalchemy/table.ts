import { resolved } from '../python/resolve.ts'
import { ClassValue, Dict, Term, Tuple, type Value } from '../python/value.ts'
import { calledOf, nameOf, optionalText } from './term.ts'
import { isType, type SqlType, sqlType } from './types.ts'

/** A table of Core's, as far as statements need it. */
export type TableTerm = {
  readonly schema?: string
  readonly name: string
  readonly alias?: string
  /** The types of its columns, where these are said. */
  readonly types: ReadonlyMap<string, SqlType | null>
  /** What SQLAlchemy puts in for a column that is not given. */
  readonly defaults: ReadonlyMap<string, Value>
  /** What it puts in at each UPDATE that sets another. */
  readonly onUpdate: ReadonlyMap<string, Value>
  /** Columns that the server fills where nothing is given. */
  readonly filled: ReadonlySet<string>
  readonly primaryKey: readonly string[]
  /** Tables that its columns say they refer to. */
  readonly referred: ReadonlySet<string>
  /** The database names of columns whose attribute is called otherwise. */
  readonly names: ReadonlyMap<string, string>
}

type Columns = Omit<TableTerm, 'schema' | 'name' | 'alias'>

const noColumns: Columns = {
  types: new Map(),
  defaults: new Map(),
  onUpdate: new Map(),
  filled: new Set(),
  primaryKey: [],
  referred: new Set(),
  names: new Map(),
}

/** The table that a value is: `table('users', column('id'))`, `Table(…)`, a class that is mapped to one. */
export function tableOf(value: Value | undefined): TableTerm | null {
  if (value instanceof ClassValue) return mappedTable(value)
  const reflected = reflectedName(value)
  if (reflected !== null) return { name: reflected, ...noColumns }
  const called = calledOf(value)
  if (called === null) return null
  if (called.name === 'alias' && called.of !== null) {
    const table = tableOf(called.of)
    const alias = optionalText(called.positional[0] ?? called.named.get('name'), 'an alias')
    return table === null || alias === undefined ? null : { ...table, alias }
  }
  if (called.name !== 'sa.table' && called.name !== 'sa.Table' && called.name !== 'sa.TableClause')
    return null
  const [name, ...rest] = called.positional
  if (typeof name !== 'string') return null
  const schema = optionalText(called.named.get('schema'), 'a schema')
  return { ...(schema === undefined ? {} : { schema }), name, ...columnsOf(rest) }
}

/** `metadata.tables['users']`: of which only the name is known. */
function reflectedName(value: Value | undefined): string | null {
  if (!(value instanceof Term) || value.form.is !== 'item') return null
  const { of, key } = value.form
  const isTables = of.form.is === 'attribute' && of.form.name === 'tables'
  return isTables && typeof key === 'string' ? key : null
}

/** The names of the columns that a table says it has. */
export function columnNamesOf({ types }: TableTerm): readonly string[] {
  return [...types.keys()]
}

function columnsOf(values: readonly Value[]): Columns {
  const columns = values.flatMap((value) => {
    const column = calledOf(value)
    const [name] = column?.positional ?? []
    return column !== null && isColumnName(column.name) && typeof name === 'string' ? [{ name, column }] : []
  })
  const given = (word: string) =>
    columns.flatMap(({ name, column }) => {
      const value = column.named.get(word) ?? null
      return value === null || value === false ? [] : [[name, value] as const]
    })
  const parts = columns.filter(({ column }) =>
    column.positional.some((part) =>
      ['sa.Identity', 'sa.Computed', 'sa.Sequence'].includes(calledOf(part)?.name ?? ''),
    ),
  )
  return {
    types: new Map(
      columns.map(({ name, column }) => [
        name,
        typeIn([...column.positional.slice(1), column.named.get('type_') ?? null]),
      ]),
    ),
    defaults: new Map(given('default')),
    onUpdate: new Map(given('onupdate')),
    filled: new Set([...given('server_default').map(([name]) => name), ...parts.map(({ name }) => name)]),
    primaryKey: given('primary_key').map(([name]) => name),
    referred: new Set(columns.flatMap(({ column }) => column.positional.flatMap(referredTables))),
    names: new Map(),
  }
}

/** `ForeignKey('schema.users.id')`. */
function referredTables(part: Value): readonly string[] {
  const key = calledOf(part)
  const [target] = key?.positional ?? []
  if (key?.name !== 'sa.ForeignKey' || typeof target !== 'string') return []
  return [target.split('.').at(-2) ?? '']
}

function isColumnName(name: string): boolean {
  return name === 'sa.column' || name === 'sa.Column' || name === 'sa.ColumnClause'
}

/** A class of the declarative form, whose table was made of it where it was defined. */
function mappedTable(of: ClassValue): TableTerm | null {
  const made = resolved(of.members, '__table__')
  const table = made instanceof ClassValue ? null : tableOf(made)
  if (table === null) {
    const name = resolved(of.members, '__tablename__')
    const schema = schemaOf(resolved(of.members, '__table_args__'))
    return typeof name === 'string'
      ? { ...(schema === undefined ? {} : { schema }), name, ...noColumns }
      : null
  }
  const names = [...of.members.names].flatMap(([attribute, binding]) => {
    const value = 'value' in binding ? binding.value : null
    const column = value instanceof Term && value.form.is === 'attribute' ? value.form.name : attribute
    return column === attribute ? [] : [[attribute, column] as const]
  })
  return { ...table, names: new Map(names) }
}

function schemaOf(value: Value | undefined): string | undefined {
  const last = value instanceof Tuple ? value.items.at(-1) : value
  if (!(last instanceof Dict)) return undefined
  const schema = [...last.entries.values()].find(([key]) => key === 'schema')?.[1]
  return typeof schema === 'string' ? schema : undefined
}

function typeIn(values: readonly Value[]): SqlType | null {
  const type = values.find((value) => value !== null && isType(value))
  if (type === undefined || nameOf(type) === 'sa.NullType') return null
  return sqlType(type)
}
