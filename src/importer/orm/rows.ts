import type { Context } from '../alembic/context.ts'
import { ask } from '../alembic/execute.ts'
import { codeOf } from '../python/code.ts'
import { freshName, refuse, say } from '../python/evaluation.ts'
import { List, type Query, Residual, type Term, type Value } from '../python/value.ts'
import { expressionPiece } from '../sqlalchemy/expression.ts'
import { concat } from '../sqlalchemy/piece.ts'
import { quoted } from '../sqlalchemy/quote.ts'
import { selectedNames } from '../sqlalchemy/select.ts'
import { MappedRow, MixedRow, type RowPart } from './mapped-row.ts'
import { callOf, columnsOf, modelOf } from './model.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** One thing that a query gives to a row, under the names that it has there. */
type Part = RowPart & { readonly names: readonly string[] }

type Asking = {
  readonly unit: UnitOfWork
  /** A row of one object is that object. */
  readonly single: boolean
  /** A row that comes twice is one. */
  readonly isUnique: boolean
}

/** The rows of a query, of which some parts may be objects. `single`: a row of one object is that object. */
export function askEntities(
  statement: Term,
  entities: readonly Value[],
  { unit, single, isUnique }: Asking,
  context: Context,
): Residual {
  const taken = new Set<string>()
  const parts = entities.map((entity) => partOf(entity, { unit, isShared: entities.length > 1 }, taken))
  const [only] = parts
  const names = parts.flatMap((part) => part.names)
  const given = entities.flatMap((entity) => givenNames(entity))
  const query = expressionPiece(statement)
  const isAsGiven = given.every((name, n) => name === names[n])
  const piece = isAsGiven
    ? query
    : concat('SELECT * FROM (', query, `) AS apart (${names.map(quoted).join(', ')})`)
  const rows = ask(piece, names, context)
  const isObject = single && parts.length === 1 && only !== undefined && only.row !== null
  const hasObject = parts.some(({ row }) => row !== null)
  const entity = isObject ? only.row : hasObject ? new MixedRow(parts) : null
  const found = isUnique && hasObject ? uniqueRows(rows, parts, context) : rows
  return new Residual(found.code, {
    sort: 'rows',
    columns: hasObject ? null : names,
    queries: found.queries,
    entity,
  })
}

/** Each of several rows of the same objects once. */
function uniqueRows(rows: Residual, parts: readonly Part[], { evaluation }: Context): Residual {
  const key = parts.flatMap((part) => part.row?.keyNames() ?? part.names)
  const name = freshName(evaluation, 'unique')
  const query: Query = { used: false, needs: rows.queries }
  say(evaluation, { say: 'value', name, code: `uniqueRows(${rows.code}, ${codeOf(new List(key))})`, query })
  return new Residual(name, { queries: [query] })
}

/** Whether a query gives objects. */
export function givesObjects(entities: readonly Value[]): boolean {
  return entities.some((entity) => modelOf(entity) !== null)
}

function partOf(
  entity: Value,
  { unit, isShared }: { readonly unit: UnitOfWork; readonly isShared: boolean },
  taken: Set<string>,
): Part {
  const given = givenNames(entity)
  const names = given.map((name) => free(name ?? 'value', taken))
  const model = modelOf(entity)
  if (model === null && given.length !== 1) return refuse('a table in a query of objects')
  const [name = ''] = names
  const label = given[0] ?? name
  if (model === null) return { label, name, names, row: null }
  const apart = new Map(
    given.flatMap((column, n) => (column === null ? [] : [[column, names[n] ?? column] as const])),
  )
  return {
    label: model.of.name,
    name: model.of.name,
    names,
    row: new MappedRow(model, unit, apart, { isShared }),
  }
}

function givenNames(entity: Value): readonly (string | null)[] {
  const model = modelOf(entity)
  if (model !== null) return columnsOf(model)
  return selectedNames(callOf('sa.select', [entity], 0)) ?? [null]
}

function free(name: string, taken: Set<string>): string {
  for (let n = 1; ; n++) {
    const one = n === 1 ? name : `${name}_${n}`
    if (taken.has(one)) continue
    taken.add(one)
    return one
  }
}
