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
  /** The database names of columns whose attribute is called otherwise. */
  readonly names: ReadonlyMap<string, string>
}

/** The table that a value is: `table('users', column('id'))`, `Table(…)`, a class that is mapped to one. */
export function tableOf(value: Value | undefined): TableTerm | null {
  if (value instanceof ClassValue) return mappedTable(value)
  const reflected = reflectedName(value)
  if (reflected !== null) return { name: reflected, types: new Map(), defaults: new Map(), names: new Map() }
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

function columnsOf(values: readonly Value[]): Pick<TableTerm, 'types' | 'defaults' | 'names'> {
  const types = new Map<string, SqlType | null>()
  const defaults = new Map<string, Value>()
  for (const value of values) {
    const column = calledOf(value)
    const [name, ...rest] = column?.positional ?? []
    const isColumn =
      column?.name === 'sa.column' || column?.name === 'sa.Column' || column?.name === 'sa.ColumnClause'
    if (!isColumn || typeof name !== 'string') continue
    types.set(name, typeIn([...rest, column?.named.get('type_') ?? null]))
    const given = column?.named.get('default')
    if (given !== undefined && given !== null) defaults.set(name, given)
  }
  return { types, defaults, names: new Map() }
}

/** A class of the declarative form. */
function mappedTable(of: ClassValue): TableTerm | null {
  const name = resolved(of.members, '__tablename__')
  if (typeof name !== 'string') {
    const table = resolved(of.members, '__table__')
    return table === undefined ? null : tableOf(table)
  }
  const types = new Map<string, SqlType | null>()
  const names = new Map<string, string>()
  const defaults = new Map<string, Value>()
  for (const [attribute, binding] of of.members.names) {
    const column = 'value' in binding ? calledOf(binding.value) : null
    if (column === null || !/^sa\.(orm\.)?(Column|mapped_column)$/.test(column.name)) continue
    const [first] = column.positional
    const own = typeof first === 'string' ? first : attribute
    types.set(own, typeIn(column.positional))
    if (own !== attribute) names.set(attribute, own)
    const given = column.named.get('default')
    if (given !== undefined && given !== null) defaults.set(own, given)
  }
  const schema = schemaOf(resolved(of.members, '__table_args__'))
  return { ...(schema === undefined ? {} : { schema }), name, types, names, defaults }
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
