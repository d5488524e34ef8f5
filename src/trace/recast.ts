import type { Connection } from '../connection/connection.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import type { Node } from '../sql/statements.ts'
import { find } from './fixed-locks.ts'
import { type Picture, type PicturedColumn, type PicturedRelation, relationName } from './picture.ts'
import type { TracedStatement } from './subject.ts'

/** A column that has another type now: the values of some rows as they were, and as they are. */
export type Recast = {
  readonly relation: string
  readonly oid: number
  readonly was: PicturedColumn
  readonly is: PicturedColumn
  readonly pairs: readonly (readonly [was: string, is: string])[]
}

/** Columns that are about to be recast, with the values of some rows, in the order in which they lie. */
export type RecastColumn = {
  readonly relation: PicturedRelation
  readonly column: PicturedColumn
  readonly values: readonly (string | null)[]
}

const most = 50

/** The columns to which a statement gives another type, with the values that they have now. */
export async function columnsToRecast(
  connection: Pick<Connection, 'run'>,
  { parsed: { tree } }: TracedStatement,
  picture: Picture,
): Promise<readonly RecastColumn[]> {
  const relation = tree.kind === 'AlterTableStmt' ? find(picture, tree.node['relation']) : undefined
  if (relation === undefined || !['r', 'p'].includes(relation.kind)) return []
  const names = ((tree.node['cmds'] ?? []) as readonly Node[]).flatMap(({ AlterTableCmd: command }) =>
    command?.subtype === 'AT_AlterColumnType' ? [String(command.name)] : [],
  )
  const columns = relation.columns.filter(({ name }) => names.includes(name)).map(({ number }) => number)
  return valuesOf(connection, relation, columns)
}

/** What has become of them. A table that is written anew has its rows in the order in which they were; where some were taken away, nothing is told. */
export async function recastValues(
  connection: Pick<Connection, 'run'>,
  columns: readonly RecastColumn[],
  picture: Picture,
): Promise<readonly Recast[]> {
  const recast: Recast[] = []
  for (const { relation: was, column, values } of columns) {
    const relation = picture.get(was.oid)
    const [now] = relation === undefined ? [] : await valuesOf(connection, relation, [column.number])
    if (relation === undefined || now === undefined || now.values.length !== values.length) continue
    const pairs = values.flatMap((value, at): readonly [string, string][] => {
      const is = now.values[at] ?? null
      return value === null || is === null ? [] : [[value, is]]
    })
    recast.push({ relation: relationName(relation), oid: relation.oid, was: column, is: now.column, pairs })
  }
  return recast
}

async function valuesOf(
  connection: Pick<Connection, 'run'>,
  relation: PicturedRelation,
  numbers: readonly number[],
): Promise<readonly RecastColumn[]> {
  const columns = relation.columns.filter(({ number }) => numbers.includes(number))
  if (columns.length === 0) return []
  const texts = columns.map(({ name }) => `t.${quoteIdentifier(name)}::text`).join(', ')
  const [found] = await connection.run(
    `SELECT ARRAY[${texts}] AS row FROM ${qualifiedName(relation)} t ORDER BY t.tableoid, t.ctid LIMIT ${most}`,
  )
  const rows = (found?.rows ?? []).map(({ row }) => row as readonly (string | null)[])
  return columns.map((column, at) => ({
    relation,
    column,
    values: rows.map((row) => row[at] ?? null),
  }))
}
