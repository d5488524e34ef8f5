import { columnDefinition } from '../../operations/column-definition.ts'
import {
  addColumn,
  alterColumn,
  dropColumn,
  dropNotNull,
  execute,
  renameColumn,
  setComment,
  setNotNull,
} from '../../operations/registry.ts'
import { refuse } from '../python/evaluation.ts'
import { List, type Value } from '../python/value.ts'
import { booleanOf, columnSpec, serverDefault } from '../sqlalchemy/column.ts'
import { sqlOf } from '../sqlalchemy/piece.ts'
import { quoted, quotedTable } from '../sqlalchemy/quote.ts'
import { calledOf, optionalText, textOf } from '../sqlalchemy/term.ts'
import { sqlType } from '../sqlalchemy/types.ts'
import { conditionPiece } from './constraint.ts'
import { sayConstraint } from './constraint-said.ts'
import { type Context, type TableName, tell } from './context.ts'
import { identityOf } from './identity.ts'
import { sayIndex } from './index.ts'
import { runName } from './run-named.ts'
import { columnOf, constraintsOfColumn } from './table-parts.ts'

type Given = ReadonlyMap<string, Value>

/** `add_column('users', Column('name', …))`: a key, an index and constraints are statements of their own. */
export function sayAddColumn(table: TableName, value: Value, named: Given, context: Context): null {
  const spec = columnSpec(value)
  const { convention } = context.conversion
  // What CREATE TABLE says at the column, Alembic says after ADD COLUMN.
  const bare = { ...spec, unique: false, foreignKeys: [], checks: [] }
  const place = { table, convention, isKey: false, inlineKey: false, isSerial: isSerial(spec) }
  const column = columnOf(bare, place)
  if (booleanOf(named.get('if_not_exists')) === true)
    tell(
      context,
      execute({
        sql: `ALTER TABLE ${tableText(table)} ADD COLUMN IF NOT EXISTS ${columnDefinition(column)}`,
      }),
    )
  else tell(context, addColumn({ ...table, column }))
  for (const constraint of constraintsOfColumn(spec, table, convention, 'apart'))
    sayConstraint(constraint, table, context)
  if (spec.index)
    sayIndex(null, table, new List([spec.name]), new Map(spec.unique ? [['unique', true]] : []), context)
  if (spec.comment !== null)
    tell(context, setComment({ on: { column: { ...table, name: spec.name } }, comment: spec.comment }))
  return null
}

export function sayDropColumn(table: TableName, name: Value, named: Given, context: Context): null {
  const ofRun = runName(name)
  if (ofRun !== null && booleanOf(named.get('if_exists')) !== true)
    return tell(context, dropColumn({ ...table, name: ofRun }))
  const said = textOf(name, 'the name of a column')
  if (booleanOf(named.get('if_exists')) === true)
    return tell(
      context,
      execute({ sql: `ALTER TABLE ${tableText(table)} DROP COLUMN IF EXISTS ${quoted(said)}` }),
    )
  return tell(context, dropColumn({ ...table, name: said }))
}

/** `alter_column`: nullability, type, default, comment and name, in the order in which Alembic says them. */
export function sayAlterColumn(table: TableName, name: Value, named: Given, context: Context): null {
  const column = textOf(name, 'the name of a column')
  const using = named.get('postgresql_using') ?? null
  const type = named.get('type_') ?? null
  if (type !== null) sayType({ table, column, type, using }, named, context)
  const nullable = booleanOf(named.get('nullable'))
  if (nullable !== null)
    tell(context, nullable ? dropNotNull({ ...table, column }) : setNotNull({ ...table, column }))
  if (named.has('server_default') && named.get('server_default') !== false)
    sayDefault(table, column, named, context)
  if (named.has('comment') && named.get('comment') !== false) sayComment(table, column, named, context)
  const to = named.get('new_column_name') ?? named.get('name')
  if (to !== undefined && to !== null && to !== column)
    tell(context, renameColumn({ ...table, from: column, to: textOf(to, 'the new name of a column') }))
  return null
}

function sayType(
  {
    table,
    column,
    type,
    using,
  }: { readonly table: TableName; readonly column: string; readonly type: Value; readonly using: Value },
  named: Given,
  context: Context,
): null {
  const { text, collation } = sqlType(type)
  const was = typeBefore(named.get('existing_type'))
  return tell(
    context,
    alterColumn({
      ...table,
      name: column,
      type: text,
      ...(collation === undefined ? {} : { collation }),
      ...(using === null ? {} : { using: sqlOf(conditionPiece(using)) }),
      ...(was === null ? {} : { was: { type: was } }),
    }),
  )
}

/** What the type was, where the Python says it; it only serves to undo. */
function typeBefore(value: Value | undefined): string | null {
  if (value === undefined || value === null) return null
  try {
    return sqlType(value).text
  } catch {
    // A type that is not known here says nothing, and nothing hangs on it.
    return null
  }
}

function sayDefault(table: TableName, column: string, named: Given, context: Context): null {
  const value = named.get('server_default') ?? null
  const called = calledOf(value)
  const before = calledOf(named.get('existing_server_default') ?? null)
  if (called?.name === 'sa.Identity') {
    const identity = identityOf(called)
    const was = before?.name === 'sa.Identity' ? identityOf(before) : null
    // Where nothing is said of the default before, Alembic changes an identity that is there.
    if (!named.has('existing_server_default'))
      return tell(context, alterColumn({ ...table, name: column, identity }))
    return tell(context, alterColumn({ ...table, name: column, identity, was: { identity: was } }))
  }
  if (called?.name === 'sa.Computed')
    return refuse('a column that is there becomes a computed one, which Alembic refuses too')
  if (value === null && before?.name === 'sa.Identity')
    return tell(context, alterColumn({ ...table, name: column, identity: null }))
  if (value === null && before?.name === 'sa.Computed')
    return tell(context, alterColumn({ ...table, name: column, generated: null }))
  const found = serverDefault(value)
  return tell(
    context,
    alterColumn({
      ...table,
      name: column,
      default: found === null || typeof found === 'string' ? found : sqlOf(found),
    }),
  )
}

function sayComment(table: TableName, column: string, named: Given, context: Context): null {
  const comment = optionalText(named.get('comment'), 'a comment') ?? null
  const was = named.has('existing_comment')
    ? { was: optionalText(named.get('existing_comment'), 'a comment') ?? null }
    : {}
  return tell(context, setComment({ on: { column: { ...table, name: column } }, comment, ...was }))
}

function isSerial({
  primaryKey,
  type,
  autoincrement,
  serverDefault: value,
  hasDefault,
  identity,
}: ReturnType<typeof columnSpec>): boolean {
  if (!primaryKey || type === null || identity !== null || hasDefault || value !== null) return false
  return type.affinity !== 'other' && autoincrement !== false
}

function tableText({ schema, table }: TableName): string {
  return quotedTable({ schema, name: table })
}
