import type { Context } from '../alembic/context.ts'
import { ask } from '../alembic/execute.ts'
import { refuse } from '../python/evaluation.ts'
import { Residual, type Term, type Value } from '../python/value.ts'
import { expressionPiece } from '../sqlalchemy/expression.ts'
import { concat } from '../sqlalchemy/piece.ts'
import { quoted } from '../sqlalchemy/quote.ts'
import { selectedNames } from '../sqlalchemy/select.ts'
import { MappedRow, MixedRow, type RowPart } from './mapped-row.ts'
import { callOf, columnsOf, modelOf } from './model.ts'
import type { UnitOfWork } from './unit-of-work.ts'

/** One thing that a query gives to a row, under the names that it has there. */
type Part = RowPart & { readonly names: readonly string[] }

/** The rows of a query, of which some parts may be objects. `single`: a row of one object is that object. */
export function askEntities(
  statement: Term,
  entities: readonly Value[],
  { unit, single }: { readonly unit: UnitOfWork; readonly single: boolean },
  context: Context,
): Residual {
  const taken = new Set<string>()
  const parts = entities.map((entity) => partOf(entity, unit, taken))
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
  return new Residual(rows.code, {
    sort: 'rows',
    columns: hasObject ? null : names,
    queries: rows.queries,
    entity,
  })
}

/** Whether a query gives objects. */
export function givesObjects(entities: readonly Value[]): boolean {
  return entities.some((entity) => modelOf(entity) !== null)
}

function partOf(entity: Value, unit: UnitOfWork, taken: Set<string>): Part {
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
  return { label: model.of.name, name: model.of.name, names, row: new MappedRow(model, unit, apart) }
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
