import { codeOf, holdsResidual, operandCode, residualOf } from './code.ts'
import { type Evaluation, refuse } from './evaluation.ts'
import { derived } from './operators.ts'
import { cell, memberCode } from './scope.ts'
import { Dict, Foreign, Instance, keyOf, List, Residual, Slice, Term, Tuple, type Value } from './value.ts'

/** `value[key]`. */
export function itemOf(value: Value, key: Value, evaluation: Evaluation): Value {
  if (value instanceof Term) return new Term({ is: 'item', of: value, key }, evaluation.line)
  if (value instanceof Foreign && value.item !== undefined) return value.item(key, evaluation)
  const residual = residualOf(value)
  if (residual !== null) return residualItem(residual, key)
  if (holdsResidual(key)) return chosen(value, key)
  if (value instanceof Dict) return dictItem(value, key)
  if (value instanceof Instance) return value.fields.get(String(key)) ?? refuse('there is no such item')
  if (key instanceof Slice) return slice(value, key)
  if (typeof key !== 'number') return refuse('an item of this is not known here')
  return listItem(value, key)
}

function dictItem(dict: Dict, key: Value): Value {
  const known = keyOf(key) ?? ''
  const entry = dict.entries.get(known)
  if (entry !== undefined) return entry[1]
  if (dict.missing === null) return refuse(`there is no key ${JSON.stringify(key)}`)
  const made = dict.missing()
  dict.entries.set(known, [key, made])
  return made
}

function listItem(value: Value, place: number): Value {
  if (typeof value === 'string') return [...value].at(place) ?? refuse('the text ends before that')
  if (!(value instanceof List) && !(value instanceof Tuple))
    return refuse('an item of this is not known here')
  const item = value.items.at(place)
  return item === undefined ? refuse('the list ends before that') : item
}

function slice(value: Value, { from, to, step }: Slice): Value {
  const bounds = [from, to].map((bound) => (typeof bound === 'number' ? bound : undefined))
  const cut = <Item>(items: readonly Item[]) => {
    if (step === null || step === 1) return items.slice(...(bounds as [number?, number?]))
    if (step === -1 && from === null && to === null) return items.toReversed()
    return refuse('a slice with that step')
  }
  if (typeof value === 'string') return cut([...value]).join('')
  if (value instanceof List) return new List(cut(value.items))
  return value instanceof Tuple ? new Tuple(cut(value.items)) : refuse('a slice of this is not known here')
}

/** An item of what is known, by a key that only the run knows. */
function chosen(value: Value, key: Value): Value {
  const code = value instanceof Dict ? `(${codeOf(value)} as any)` : operandCode(value)
  return derived(`${code}[${codeOf(key)}]`, 'unknown', value, key)
}

function residualItem(value: Residual, key: Value): Value {
  if (key instanceof Slice) {
    const bounds = [key.from ?? 0, ...(key.to === null ? [] : [key.to])].map(codeOf)
    return new Residual(`${operandCode(value)}.slice(${bounds.join(', ')})`, {
      ...value,
      sort: value.sort,
      queries: value.queries,
    })
  }
  if (value.sort === 'row' && typeof key === 'number') return cell(value, key)
  if (value.sort === 'rows' || (value.items === 'row' && typeof key === 'number' && key >= 0))
    return rowAt(value, key)
  if (typeof key === 'string') return derived(memberCode(operandCode(value), key), 'unknown', value)
  if (typeof key === 'number' && key < 0)
    return derived(`${operandCode(value)}.at(${key})`, value.items, value)
  return derived(`${operandCode(value)}[${codeOf(key)}]`, value.items, value, key)
}

function rowAt(rows: Residual, key: Value): Residual {
  return new Residual(`${operandCode(rows)}[${codeOf(key)}]`, {
    sort: 'row',
    queries: rows.queries,
    columns: rows.columns,
    entity: rows.entity,
    numbers: rows.numbers,
    simple: true,
  })
}
