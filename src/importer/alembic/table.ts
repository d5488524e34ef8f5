import { createTable, dropTable, execute, renameTable, setComment } from '../../operations/registry.ts'
import type { PartitionBy } from '../../operations/table-definition.ts'
import { createTableSql } from '../../operations/table-definition.ts'
import { rawSql } from '../../sql/tag.ts'
import { refuse } from '../python/evaluation.ts'
import { List, Term, Tuple, type Value } from '../python/value.ts'
import { booleanOf } from '../sqlalchemy/column.ts'
import { quotedTable } from '../sqlalchemy/quote.ts'
import { optionalText, textOf } from '../sqlalchemy/term.ts'
import { type Context, present, schemaIn, type TableName, tell } from './context.ts'
import { sayTypesOf } from './enum.ts'
import { sayIndex, sayTableIndex, storage } from './index.ts'
import { tableDefinition, tableParts } from './table-parts.ts'

type Given = ReadonlyMap<string, Value>

/** `create_table('users', Column(…), …)`; gives the table, for `bulk_insert`. */
export function sayCreateTable(positional: readonly Value[], named: Given, context: Context): Value {
  const [name, ...rest] = positional
  const table: TableName = { ...schemaIn(named.get('schema')), table: textOf(name, 'the name of a table') }
  const parts = tableParts(rest)
  const { columns, constraints } = tableDefinition(parts, table, context.conversion.convention)
  const { schema } = table
  const fields = {
    ...(schema === undefined ? {} : { schema }),
    name: table.table,
    columns,
    ...(constraints.length === 0 ? {} : { constraints }),
    ...tableOptions(named, context),
  }
  sayTypesOf(
    parts.columns.map(({ type }) => type),
    context,
  )
  if (booleanOf(named.get('if_not_exists')) === true) {
    const sql = createTableSql(fields).replace(
      /^(CREATE (?:UNLOGGED |TEMPORARY )?TABLE )/,
      '$1IF NOT EXISTS ',
    )
    tell(context, execute({ sql }))
  } else tell(context, createTable(fields))
  for (const { name: column, unique, index } of parts.columns)
    if (index) sayIndex(null, table, new List([column]), new Map(unique ? [['unique', true]] : []), context)
  for (const index of parts.indexes) sayTableIndex(index, table, context)
  sayComments(parts.columns, named, table, context)
  return new Term(
    {
      is: 'call',
      callee: new Term({ is: 'name', name: 'sa.table' }, context.evaluation.line),
      positional: [table.table, ...rest.filter((one) => one instanceof Term)],
      named: new Map(schema === undefined ? [] : [['schema', schema]]),
    },
    context.evaluation.line,
  )
}

/** `drop_table('users')`. */
export function sayDropTable(positional: readonly Value[], named: Given, context: Context): null {
  const fields = {
    ...schemaIn(named.get('schema') ?? positional[1]),
    name: textOf(positional[0] ?? named.get('table_name'), 'the name of a table'),
  }
  if (booleanOf(named.get('if_exists')) === true)
    return tell(context, execute({ sql: `DROP TABLE IF EXISTS ${quotedTable(fields)}` }))
  return tell(context, dropTable(fields))
}

export function sayRenameTable(positional: readonly Value[], named: Given, context: Context): null {
  const [from, to] = [
    positional[0] ?? named.get('old_table_name'),
    positional[1] ?? named.get('new_table_name'),
  ]
  return tell(
    context,
    renameTable({
      ...schemaIn(named.get('schema') ?? positional[2]),
      from: textOf(from, 'the name of a table'),
      to: textOf(to, 'the new name of a table'),
    }),
  )
}

/** `create_table_comment`, and `drop_table_comment` with null. */
export function sayTableComment(
  table: TableName,
  comment: string | null,
  named: Given,
  context: Context,
): null {
  const was = named.has('existing_comment')
    ? (optionalText(named.get('existing_comment'), 'a comment') ?? null)
    : undefined
  return tell(context, setComment({ on: table, comment, ...present({ was }) }))
}

function sayComments(
  columns: readonly { readonly name: string; readonly comment: string | null }[],
  named: Given,
  table: TableName,
  context: Context,
): void {
  const comment = optionalText(named.get('comment'), 'a comment')
  if (comment !== undefined) tell(context, setComment({ on: table, comment }))
  for (const { name, comment: text } of columns)
    if (text !== null) tell(context, setComment({ on: { column: { ...table, name } }, comment: text }))
}

function tableOptions(named: Given, context: Context) {
  const prefixes = named.get('prefixes')
  const words =
    prefixes instanceof List || prefixes instanceof Tuple
      ? prefixes.items.map((one) => String(one).toUpperCase())
      : []
  if (words.some((word) => word !== 'UNLOGGED')) refuse(`a table with the prefix ${words.join(' ')}`)
  const partitionBy = optionalText(named.get('postgresql_partition_by'), 'postgresql_partition_by')
  const inherits = named.get('postgresql_inherits') ?? null
  if ((named.get('postgresql_on_commit') ?? null) !== null) refuse('postgresql_on_commit')
  return present({
    persistence: words.includes('UNLOGGED') ? ('unlogged' as const) : undefined,
    partitionBy: partitionBy === undefined ? undefined : partitionOf(partitionBy, context),
    inherits: inherits === null ? undefined : parents(inherits),
    with: storage(named.get('postgresql_with')),
    tablespace: optionalText(named.get('postgresql_tablespace'), 'postgresql_tablespace'),
    accessMethod: optionalText(named.get('postgresql_using'), 'postgresql_using'),
  })
}

function parents(value: Value): readonly TableName[] {
  const list = value instanceof List || value instanceof Tuple ? value.items : [value]
  return list.map((name) => ({ table: textOf(name, 'a table to inherit from') }))
}

/** `RANGE (created_at)`, as PostgreSQL's parser reads it. */
function partitionOf(text: string, { conversion }: Context): PartitionBy {
  const node = conversion.parse(`CREATE TABLE t () PARTITION BY ${text}`)[0]?.tree.node
  const spec = node?.['partspec']
  const strategy = {
    PARTITION_STRATEGY_RANGE: 'range',
    PARTITION_STRATEGY_LIST: 'list',
    PARTITION_STRATEGY_HASH: 'hash',
  }[String(spec?.strategy)] as PartitionBy['strategy'] | undefined
  if (strategy === undefined) return refuse(`the partitioning ${text}`)
  const keys = (spec.partParams as readonly { PartitionElem: { name?: string } }[]).map(
    ({ PartitionElem: key }) => key.name,
  )
  const names = keys.flatMap((name) => name ?? [])
  if (names.length === keys.length) return { strategy, columns: names }
  if (keys.length > 1) return refuse(`the partitioning ${text}`)
  const expression = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')).trim()
  const inner = expression.startsWith('(') && expression.endsWith(')') ? expression.slice(1, -1) : expression
  return { strategy, columns: [{ expression: rawSql(inner) }] }
}
