import type { Column } from '../../operations/column-definition.ts'
import type { Constraint } from '../../operations/constraint-definition.ts'
import type { Identity } from '../../operations/identity.ts'
import { quoteLiteral } from '../../sql/literal.ts'
import { refuse } from '../python/evaluation.ts'
import type { Value } from '../python/value.ts'
import { type ColumnSpec, columnSpec, isColumn } from '../sqlalchemy/column.ts'
import { type Convention, givenName, nameFor } from '../sqlalchemy/name.ts'
import { sqlOf } from '../sqlalchemy/piece.ts'
import { type Called, calledOf } from '../sqlalchemy/term.ts'
import { check, constraintOf, foreignKey, foreignKeyOptions, primaryKey, unique } from './constraint.ts'
import type { TableName } from './context.ts'
import { generatedOf, identityOf } from './identity.ts'

/** What stands in a CREATE TABLE of Alembic's. */
export type TableParts = {
  readonly columns: readonly ColumnSpec[]
  readonly constraints: readonly Called[]
  readonly indexes: readonly Called[]
}

/** Columns, constraints and indexes among the arguments of `create_table`. */
export function tableParts(values: readonly Value[]): TableParts {
  const columns: ColumnSpec[] = []
  const constraints: Called[] = []
  const indexes: Called[] = []
  for (const value of values) {
    const called = calledOf(value)
    if (value === null) continue
    if (isColumn(value)) columns.push(columnSpec(value))
    else if (called?.name === 'sa.Index') indexes.push(called)
    else if (called?.name.endsWith('Constraint') === true) constraints.push(called)
    else refuse('a part of a table that is not known here')
  }
  return { columns, constraints, indexes }
}

/** The columns and constraints as Limbeck says them. */
export function tableDefinition(
  parts: TableParts,
  table: TableName,
  convention: Convention,
): { readonly columns: readonly Column[]; readonly constraints: readonly Constraint[] } {
  const keys = keyColumns(parts)
  const referring = referringColumns(parts)
  const ownKey = parts.constraints.some(({ name }) => name === 'sa.PrimaryKeyConstraint')
  const serial = serialColumn(parts, keys, referring)
  const inlineKey = !ownKey && keys.length === 1 && !convention.has('pk')
  const columns = parts.columns.map((spec) =>
    columnOf(spec, {
      table,
      convention,
      isKey: keys.includes(spec.name),
      inlineKey,
      isSerial: spec === serial,
    }),
  )
  const made = parts.constraints.flatMap((called) => constraintOf(called, table, convention) ?? [])
  const key =
    ownKey || keys.length === 0 || inlineKey
      ? []
      : [primaryKey(serialFirst(keys, serial), new Map(), table, convention)]
  const own = parts.columns.flatMap((spec) => constraintsOfColumn(spec, table, convention, 'inline'))
  return { columns, constraints: [...key, ...made, ...own] }
}

/** A key that nobody wrote out begins with the column that numbers itself. */
function serialFirst(keys: readonly string[], serial: ColumnSpec | undefined): readonly string[] {
  return keys.toSorted((a, b) => Number(b === serial?.name) - Number(a === serial?.name))
}

type Place = {
  readonly table: TableName
  readonly convention: Convention
  readonly isKey: boolean
  /** The key is said at its column. */
  readonly inlineKey: boolean
  readonly isSerial: boolean
}

/** One column, with what can be said at it. */
export function columnOf(spec: ColumnSpec, place: Place): Column {
  const { type, name } = spec
  if (type === null && spec.computed === null)
    refuse(`the column ${name} has no type, which Alembic refuses too`)
  const identity = spec.identity === null ? undefined : identityOf(spec.identity)
  const text = place.isSerial && type !== null ? (type.serial ?? 'serial') : (type?.text ?? 'text')
  const reference = inlineReference(spec, place.convention)
  return {
    name,
    type: text,
    ...(type?.collation === undefined ? {} : { collation: type.collation }),
    ...(identity === undefined ? {} : { identity }),
    ...(spec.computed === null ? {} : { generated: generatedOf(spec.computed) }),
    ...defaultOf(spec),
    ...(isNotNull(spec, place, identity) ? { notNull: true } : {}),
    ...(place.isKey && place.inlineKey ? { primaryKey: true } : {}),
    ...(isInlineUnique(spec, place.convention) ? { unique: true } : {}),
    ...(reference == null ? {} : { references: reference }),
  }
}

/** Constraints of a column that need a name, or a place of their own; `apart`: all of them. */
export function constraintsOfColumn(
  spec: ColumnSpec,
  table: TableName,
  convention: Convention,
  where: 'inline' | 'apart',
): readonly Constraint[] {
  const isInline = where === 'inline'
  const keys = isInline && inlineReference(spec, convention) !== null ? [] : spec.foreignKeys
  return [
    ...spec.checks.map(({ positional, named }) => check(positional[0] ?? null, named, table, convention)),
    ...typeCheck(spec, table, convention),
    ...(spec.unique && !spec.index && !(isInline && isInlineUnique(spec, convention))
      ? [unique([spec.name], new Map(), table, convention)]
      : []),
    ...keys
      .filter(({ options }) => options.get('use_alter') !== true)
      .map((key) => foreignKey(key, [spec.name], table, convention)),
  ]
}

function isInlineUnique(spec: ColumnSpec, convention: Convention): boolean {
  return spec.unique && !spec.index && !convention.has('uq')
}

function inlineReference(
  { foreignKeys, name }: ColumnSpec,
  convention: Convention,
): Column['references'] | null {
  const [only] = foreignKeys
  if (only === undefined || foreignKeys.length > 1 || only.options.get('use_alter') === true) return null
  const { schema, table, columns } = only.referred
  if (
    nameFor(only.name, { kind: 'fk', table, columns: [name], referred: only.referred }, convention) !== null
  )
    return null
  const [column] = columns
  const { onDelete, ...rest } = foreignKeyOptions(only.options)
  return {
    ...(schema === undefined ? {} : { schema }),
    table,
    ...(column === undefined ? {} : { column }),
    ...rest,
    ...(onDelete === undefined ? {} : { onDelete }),
  }
}

function defaultOf({ serverDefault }: ColumnSpec): Pick<Column, 'default'> {
  if (serverDefault === null) return {}
  return { default: typeof serverDefault === 'string' ? serverDefault : sqlOf(serverDefault) }
}

/** A key column is NOT NULL by itself, and so is a serial or an identity. */
function isNotNull(spec: ColumnSpec, place: Place, identity: Identity | undefined): boolean {
  if (identity !== undefined || (place.isKey && place.inlineKey)) return false
  if (spec.nullable !== null) return !spec.nullable
  return place.isKey || spec.primaryKey
}

/** A check of an enum that is stored as a text. */
function typeCheck(spec: ColumnSpec, table: TableName, convention: Convention): readonly Constraint[] {
  const { type, name } = spec
  if (type?.check === undefined) return []
  const values = type.check.values.map(quoteLiteral).join(', ')
  const said = nameFor(givenName(type.check.name), { kind: 'ck', ...table, columns: [name] }, convention)
  const quoted = /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
  return [
    {
      ...(said === null ? {} : { name: said }),
      check: { expression: { sql: [`${quoted} IN (${values})`], values: [] } },
    },
  ]
}

function keyColumns({ columns, constraints }: TableParts): readonly string[] {
  const key = constraints.find(({ name }) => name === 'sa.PrimaryKeyConstraint')
  if (key !== undefined) return key.positional.filter((value) => typeof value === 'string')
  return columns.filter(({ primaryKey: isKey }) => isKey).map(({ name }) => name)
}

function referringColumns({ columns, constraints }: TableParts): ReadonlySet<string> {
  const own = columns.filter(({ foreignKeys }) => foreignKeys.length > 0).map(({ name }) => name)
  const others = constraints
    .filter(({ name }) => name === 'sa.ForeignKeyConstraint')
    .flatMap(({ positional: [list] }) =>
      list instanceof Object && 'items' in list ? (list.items as readonly Value[]) : [],
    )
    .filter((value) => typeof value === 'string')
  return new Set([...own, ...others])
}

/** The column that SQLAlchemy makes a SERIAL: a lone key of numbers, which nothing else fills. */
function serialColumn(
  { columns }: TableParts,
  keys: readonly string[],
  referring: ReadonlySet<string>,
): ColumnSpec | undefined {
  const candidates = columns.filter(({ name }) => keys.includes(name))
  return candidates.find((spec) => {
    const isNumber = spec.type?.affinity === 'integer' || spec.type?.affinity === 'numeric'
    if (!isNumber || spec.hasDefault || spec.identity !== null) return false
    if (spec.autoincrement === true) return true
    if (candidates.length > 1 || spec.autoincrement === false) return false
    return spec.serverDefault === null && (spec.autoincrement === 'ignore_fk' || !referring.has(spec.name))
  })
}
