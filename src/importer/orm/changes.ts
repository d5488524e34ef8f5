import { defaultValue } from '../alembic/default-value.ts'
import { type Evaluation, refuse } from '../python/evaluation.ts'
import { dictOf, type Instance, type Term, type Value } from '../python/value.ts'
import { changePiece } from '../sqlalchemy/dml.ts'
import type { Piece } from '../sqlalchemy/piece.ts'
import { callOf, callOn, columnsOf, columnTerm, equals, type Model } from './model.ts'

/** A column that the server fills, and the attribute that has it then. */
type Filled = { readonly attribute: string; readonly column: string }

/** The INSERT of an object, as SQLAlchemy's unit of work writes it: a column without a default gets NULL where nothing is set. */
export function insertOf(
  instance: Instance,
  model: Model,
  evaluation: Evaluation,
  isBulk = false,
): { readonly piece: Piece; readonly filled: readonly Filled[] } {
  const attributes = new Map([...model.columns].map(([attribute, column]) => [column, attribute]))
  for (const name of instance.fields.keys())
    if (!model.columns.has(name) && model.of.members.names.has(name))
      refuse(`${name} of ${model.of.name} is set, which is no column`)
  const values: (readonly [string, Value])[] = []
  const filled: Filled[] = []
  for (const column of columnsOf(model)) {
    const attribute = attributes.get(column) ?? column
    const { primaryKey, filled: byServer, defaults, types } = model.table
    const given = instance.fields.get(attribute)
    const isJsonNull = given === null && types.get(column)?.literal === 'json'
    const made = defaults.get(column)
    if ((given !== undefined && given !== null) || isJsonNull) values.push([column, given ?? null])
    else if (made !== undefined) {
      const value = defaultValue(made, evaluation)
      instance.fields.set(attribute, value)
      values.push([column, value])
    } else if (primaryKey.includes(column) || byServer.has(column)) filled.push({ attribute, column })
    else if (!isBulk) values.push([column, callOf('sa.null', [], evaluation.line)])
  }
  const statement = callOn(callOn(model.term, 'insert', []), 'values', [dictOf(values)])
  return { piece: piece(statement), filled }
}

export function updatePiece(
  model: Model,
  values: ReadonlyMap<string, Value>,
  key: ReadonlyMap<string, Value>,
): Piece {
  if (model.table.onUpdate.size > 0)
    refuse(`an onupdate of ${model.of.name}, which counts where a value is another than before`)
  return piece(callOn(whereKey(callOn(model.term, 'update', []), model, key), 'values', [dictOf(values)]))
}

export function deletePiece(model: Model, key: ReadonlyMap<string, Value>): Piece {
  return piece(whereKey(callOn(model.term, 'delete', []), model, key))
}

function whereKey(statement: Term, model: Model, key: ReadonlyMap<string, Value>): Term {
  return [...key].reduce(
    (sofar, [column, value]) =>
      callOn(sofar, 'where', [equals(columnTerm(model, column), value, sofar.line)]),
    statement,
  )
}

function piece(statement: Term): Piece {
  return changePiece(statement, new Map()) ?? refuse('a change of rows that is not known here')
}
