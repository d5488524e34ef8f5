import type { IndexElement, IndexKey } from '../../operations/index-definition.ts'
import { createIndexSql } from '../../operations/index-definition.ts'
import { createIndex, dropIndex, execute } from '../../operations/registry.ts'
import type { StorageParameters } from '../../operations/storage-parameters.ts'
import { refuse } from '../python/evaluation.ts'
import { refuseAsAlembic } from '../python/raise.ts'
import { Dict, List, Term, Tuple, type Value } from '../python/value.ts'
import { booleanOf, columnNames, memberOf } from '../sqlalchemy/column.ts'
import { columnOf, expressionPiece } from '../sqlalchemy/expression.ts'
import { givenName, nameFor } from '../sqlalchemy/name.ts'
import { sqlOf } from '../sqlalchemy/piece.ts'
import { quotedTable } from '../sqlalchemy/quote.ts'
import { type Called, calledOf, optionalText } from '../sqlalchemy/term.ts'
import { boundText } from '../sqlalchemy/text.ts'
import { conditionPiece } from './constraint.ts'
import { type Context, present, type TableName, tell } from './context.ts'
import { indexElementOf } from './index-element.ts'
import { runName } from './run-named.ts'

type Given = ReadonlyMap<string, Value>

/** `create_index(name, table, columns, unique=…, postgresql_where=…)`. */
export function sayIndex(
  name: Value,
  table: TableName,
  columns: Value,
  named: Given,
  context: Context,
): null {
  const list = columns instanceof List || columns instanceof Tuple ? columns.items : [columns]
  const fields = indexFields(list, named, context)
  const plain = fields.columns.map((key) =>
    typeof key === 'string' ? key : 'column' in key ? key.column : 'expr',
  )
  const known = nameFor(
    givenName(name),
    { kind: 'ix', ...table, columns: plain },
    context.conversion.convention,
  )
  const said = known ?? refuse('an index without a name')
  const index = { name: said, ...table, ...fields }
  const concurrently = booleanOf(named.get('postgresql_concurrently')) === true
  if (booleanOf(named.get('if_not_exists')) === true) {
    const sql = createIndexSql(index, { concurrently })
    return tell(
      context,
      execute({ sql: sql.replace(/^(CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?)/, '$1IF NOT EXISTS ') }),
    )
  }
  return tell(context, createIndex(concurrently ? { ...index, concurrently } : index))
}

/** An `sa.Index('name', 'column', …)` within a table. */
export function sayTableIndex({ positional, named }: Called, table: TableName, context: Context): null {
  const [name = null, ...columns] = positional
  return sayIndex(named.get('name') ?? name, table, new List(columns), named, context)
}

export function sayDropIndex(name: Value, table: TableName | null, named: Given, context: Context): null {
  const schema = table?.schema
  const ofRun = runName(name)
  if (ofRun !== null && booleanOf(named.get('if_exists')) !== true && !named.has('postgresql_concurrently'))
    return tell(context, dropIndex({ ...(schema === undefined ? {} : { schema }), name: ofRun }))
  const said = nameFor(givenName(name), { kind: 'ix', table: table?.table ?? '', columns: [] }, new Map())
  if (said === null) return refuseAsAlembic('drop_index without a name, which Alembic refuses too')
  const concurrently = booleanOf(named.get('postgresql_concurrently')) === true
  if (booleanOf(named.get('if_exists')) === true) {
    const words = concurrently ? 'DROP INDEX CONCURRENTLY IF EXISTS' : 'DROP INDEX IF EXISTS'
    return tell(context, execute({ sql: `${words} ${quotedTable({ schema, name: said })}` }))
  }
  const index = { ...(schema === undefined ? {} : { schema }), name: said }
  return tell(context, dropIndex(concurrently ? { ...index, concurrently } : index))
}

function indexFields(columns: readonly Value[], named: Given, context: Context) {
  const operators = memberOf(named.get('postgresql_ops'))
  const where = named.get('postgresql_where') ?? null
  const include = named.get('postgresql_include') ?? null
  return {
    columns: columns.map((column) => indexKey(column, operators, context)),
    ...present({
      unique: booleanOf(named.get('unique')) === true ? true : undefined,
      using: optionalText(named.get('postgresql_using'), 'postgresql_using'),
      include: include === null ? undefined : columnNames(include),
      nullsNotDistinct: booleanOf(named.get('postgresql_nulls_not_distinct')) === true ? true : undefined,
      with: storage(named.get('postgresql_with')),
      tablespace: optionalText(named.get('postgresql_tablespace'), 'postgresql_tablespace'),
      where: where === null ? undefined : sqlOf(conditionPiece(where)),
    }),
  }
}

/** Storage parameters, as a dict says them. */
export function storage(value: Value | undefined): StorageParameters | undefined {
  if (value === undefined || value === null) return undefined
  if (!(value instanceof Dict)) return refuse('storage parameters that are no known dict')
  return Object.fromEntries(
    [...value.entries.values()].map(([key, member]) => {
      const isPlain = typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean'
      return [String(key), isPlain ? member : refuse('a storage parameter that is not known')]
    }),
  )
}

function indexKey(column: Value, operators: Given, context: Context): IndexKey {
  if (typeof column === 'string') return withOperators(column, operators)
  const own = columnOf(column)
  if (own !== null) return withOperators(own.name, operators)
  const called = calledOf(column)
  if (called?.name === 'sa.text' || called?.name === 'sa.literal_column') {
    const piece = boundText(String(called.positional[0]), new Map())
    return indexElementOf(piece.sql.join(''), context.conversion.parse)
  }
  if (called !== null && called.of !== null && (called.name === 'desc' || called.name === 'asc'))
    return { ...element(called.of, operators, context), order: called.name }
  if (called?.name === 'sa.desc' || called?.name === 'sa.asc') {
    const order = called.name === 'sa.desc' ? 'desc' : 'asc'
    return { ...element(called.positional[0] ?? null, operators, context), order }
  }
  if (called?.name === 'label' && called.of !== null) {
    const operatorClass = optionalText(operators.get(String(called.positional[0])), 'an operator class')
    return { ...element(called.of, operators, context), ...present({ operatorClass }) }
  }
  if (!(column instanceof Term)) return refuse('a column of an index that is not known here')
  return { expression: sqlOf(expressionPiece(column, { bare: true })) }
}

function element(value: Value, operators: Given, context: Context): IndexElement {
  const key = indexKey(value, operators, context)
  return typeof key === 'string' ? { column: key } : key
}

function withOperators(column: string, operators: Given): IndexKey {
  const given = optionalText(operators.get(column), 'an operator class')
  if (given === undefined) return column
  // SQLAlchemy writes it as it stands, so that it may say more than a class.
  const [operatorClass = '', ...more] = given.trim().split(/\s+/)
  if (more.length === 0) return { column, operatorClass }
  const words = more.join(' ').toUpperCase()
  if (words === 'DESC' || words === 'ASC')
    return { column, operatorClass, order: words === 'DESC' ? 'desc' : 'asc' }
  return refuse(`the operator class ${given} of an index`)
}
