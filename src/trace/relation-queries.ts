import type { Connection } from '../connection/connection.ts'
import { qualifiedName, quoteIdentifier } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { BrokenQuery } from './observation.ts'
import { type PicturedColumn, type PicturedRelation, relationName } from './picture.ts'
import { type PlannedQuery, planned } from './planned.ts'

/** `is`: what has become of it; nothing where it is gone. `isWritten`: rows of its own are written again, so that their values tell what a text becomes. */
export type AskedRelation = {
  readonly was: PicturedRelation
  readonly is: PicturedRelation | undefined
  readonly isWritten: boolean
}

type Query = PlannedQuery & { readonly relation: PicturedRelation }

/** What an application could ask of relations as they were, and cannot any more. */
export async function brokenQueries(
  connection: Pick<Connection, 'run'>,
  relations: readonly AskedRelation[],
): Promise<readonly BrokenQuery[]> {
  const queries = relations.flatMap(queriesOf)
  const failures = await planned(connection, queries)
  return queries.flatMap(({ relation, what }, at) => {
    const failure = failures[at] ?? null
    return failure === null ? [] : [{ relation: relationName(relation), query: what, ...failure }]
  })
}

function queriesOf({ was: relation, is, isWritten }: AskedRelation): readonly Query[] {
  const { schema, name, kind, columns } = relation
  const from = qualifiedName({ schema, name })
  const isTable = kind === 'r' || kind === 'p'
  if (kind === 'S')
    return [
      {
        relation,
        what: `nextval of ${relationName(relation)}`,
        sql: `SELECT nextval(${quoteLiteral(from)})`,
      },
    ]
  if (!isTable && kind !== 'v' && kind !== 'm' && kind !== 'f') return []
  if (columns.length === 0)
    return [{ relation, what: `SELECT from ${relationName(relation)}`, sql: `SELECT FROM ${from}` }]
  return columns.flatMap((column) => {
    const quoted = quoteIdentifier(column.name)
    const where = `${relationName(relation)}.${column.name}`
    // A cast from text that is not known before it runs: a domain may refuse NULL at once.
    const value = `(SELECT given.text::${column.type} FROM (SELECT NULL::text AS text OFFSET 0) AS given)`
    const reads = { relation, what: `SELECT of ${where}`, sql: `SELECT ${quoted} FROM ${from}` }
    const writes = { relation, what: `UPDATE of ${where}`, sql: `UPDATE ${from} SET ${quoted} = ${value}` }
    // A text without a type becomes any of these.
    const becomes = typeNow(column, is) ?? column.type
    const isLiteral =
      (isText(column.type) &&
        !isText(becomes) &&
        (isWritten || !isNumber(becomes)) &&
        !isKeyMadeAnew(column, is)) ||
      (isRange(column.type) && isRange(becomes))
    return isTable && !column.isGenerated && !isLiteral ? [reads, writes] : [reads]
  })
}

/** Of what is written by its name, or else of what has become of it. */
function typeNow({ name, number }: PicturedColumn, is: PicturedRelation | undefined): string | undefined {
  const now = is?.columns.find((column) => column.name === name)
  return (now ?? is?.columns.find((column) => column.number === number))?.type
}

/** Another column by its name, of keys that no text was. */
function isKeyMadeAnew({ name, number }: PicturedColumn, is: PicturedRelation | undefined): boolean {
  const now = is?.columns.find((column) => column.name === name)
  return now?.type === 'uuid' && now.number !== number
}

function isRange(type: string): boolean {
  return /^(?:int[48]|num|ts|tstz|date)(?:multi)?range$/.test(type)
}

function isText(type: string): boolean {
  return /^(?:text|character|citext)/.test(type) && !type.endsWith('[]')
}

function isNumber(type: string): boolean {
  return /^(?:smallint|integer|bigint|numeric|real|double|boolean|date)/.test(type)
}
