import { Code } from '../../operations/print.ts'
import { bulkInsert } from '../../operations/registry.ts'
import { codeOf, holdsResidual, residualOf } from '../python/code.ts'
import { refuse, say } from '../python/evaluation.ts'
import { isEnum } from '../python/instantiate.ts'
import { Dict, Float, Instance, List, Term, Tuple, type Value } from '../python/value.ts'
import { changePiece } from '../sqlalchemy/dml.ts'
import { enumLiteral } from '../sqlalchemy/literal.ts'
import { tableOf } from '../sqlalchemy/table.ts'
import { parametersOf } from '../sqlalchemy/text.ts'
import type { Literal } from '../sqlalchemy/types.ts'
import { type Context, tell } from './context.ts'
import { defaultValue } from './default-value.ts'
import { sayPiece } from './execute.ts'

/** The rows of `op.bulk_insert(table, rows)`. */
export function sayBulkInsert(table: Value, rows: Value, context: Context): null {
  const into = tableOf(table) ?? refuse('a table of bulk_insert that is not known here')
  const residual = residualOf(rows)
  const name = { ...(into.schema === undefined ? {} : { schema: into.schema }), table: into.name }
  if (residual !== null) {
    const code = codeOf(rows)
    say(context.evaluation, {
      say: 'code',
      text: `if (${code}.length > 0) op.bulkInsert({ ${tableCode(name)}, rows: ${code} })`,
    })
    return null
  }
  if (!(rows instanceof List) && !(rows instanceof Tuple))
    return refuse('the rows of bulk_insert are no known list')
  if (rows.items.length === 0) return null
  const all = rows.items.map((row) =>
    row instanceof Dict ? row : refuse('a row of bulk_insert is no known dict'),
  )
  const isPlain = all.every((row) => [...row.entries.values()].every(([, value]) => !(value instanceof Term)))
  if (isPlain)
    return tell(context, bulkInsert({ ...name, rows: all.map((row) => rowOf(row, into, context)) as never }))
  for (const row of all) {
    const insert = new Term(
      {
        is: 'call',
        callee: new Term({ is: 'attribute', of: table as Term, name: 'insert' }, 0),
        positional: [],
        named: new Map(),
      },
      0,
    )
    const piece = changePiece(insert, parametersOf(row)[0] ?? new Map())
    if (piece !== null) sayPiece(piece, context)
  }
  return null
}

function rowOf(
  row: Dict,
  { types, names, defaults }: ReturnType<typeof tableOf> & object,
  { evaluation }: Context,
): object {
  const cells = [...row.entries.values()].map(([key, value]): readonly [string, unknown] => {
    const column = names.get(String(key)) ?? String(key)
    return [column, cellOf(value, types.get(column)?.literal)]
  })
  const missing = [...defaults].filter(([column]) => !cells.some(([name]) => name === column))
  return Object.fromEntries([
    ...cells,
    ...missing.map(
      ([column, value]) =>
        [column, cellOf(defaultValue(value, evaluation), types.get(column)?.literal)] as const,
    ),
  ])
}

/** A value of a row as Limbeck's bulkInsert takes it. */
function cellOf(value: Value, literal: Literal | undefined): unknown {
  // None is JSON's null there, and a list no array.
  if (literal === 'json') return new Code(`op.json(${codeOf(value)})`)
  if (holdsResidual(value)) return new Code(codeOf(value))
  if (literal === 'own' && value !== null)
    return refuse('a value that the type of its column makes another of, in Python')
  if (value instanceof Instance && isEnum(value.of)) return cellOf(enumLiteral(value, literal), undefined)
  if (value instanceof Float) return value.value
  if (value instanceof List || value instanceof Tuple)
    return value.items.map((item) => cellOf(item, undefined))
  if (value instanceof Dict) return refuse('a dict in a column that is not said to be JSON')
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value
  return refuse('a value of a row that is not known here')
}

function tableCode({ schema, table }: { readonly schema?: string; readonly table: string }): string {
  return `${schema === undefined ? '' : `schema: ${codeOf(schema)}, `}table: ${codeOf(table)}`
}
