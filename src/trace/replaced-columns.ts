import type { Connection } from '../connection/connection.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { type PicturedRelation, relationName } from './picture.ts'

/** A name that another column has now; the one that had it is still there, by another name. */
export type ReplacedColumn = {
  readonly relation: string
  readonly column: string
  /** How it is called now. */
  readonly old: string
  /** Rows in which the two differ. */
  readonly differing: number
  readonly of: number
  /** How many values the new one has; NULL is none. */
  readonly values: number
  /** One of them is of texts, and the other is not. */
  readonly isOfOtherSort: boolean
}

/** Compares what is read by the names of a table's columns with what was read by them. */
export async function replacedColumns(
  connection: Pick<Connection, 'run'>,
  { was, is }: { readonly was: PicturedRelation; readonly is: PicturedRelation | undefined },
): Promise<readonly ReplacedColumn[]> {
  if (is === undefined || !['r', 'p'].includes(is.kind)) return []
  const pairs = was.columns.flatMap(({ name, number }) => {
    const old = is.columns.find((column) => column.number === number)
    const now = is.columns.find((column) => column.name === name)
    return old === undefined || now === undefined || now.number === number ? [] : [{ old, now }]
  })
  if (pairs.length === 0) return []
  const selects = pairs.map(({ old, now }) => {
    const [one, other] = [old, now].map(({ name }) => `${quoteIdentifier(name)}::text`)
    return `SELECT count(*) FILTER (WHERE ${one} IS DISTINCT FROM ${other})::integer AS differing, count(*)::integer AS of, count(DISTINCT ${other})::integer AS values FROM ${qualifiedName(is)}`
  })
  const results = await connection.run(selects.join(';\n'))
  return pairs.map(({ old, now }, at) => {
    const [row] = results[at]?.rows ?? []
    return {
      relation: relationName(is),
      column: now.name,
      old: old.name,
      differing: Number(row?.['differing']),
      of: Number(row?.['of']),
      values: Number(row?.['values']),
      isOfOtherSort: isText(old.type) !== isText(now.type),
    }
  })
}

function isText(type: string): boolean {
  return /^(?:text|character|citext)/.test(type)
}
