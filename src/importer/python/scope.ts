import { codeOf } from './code.ts'
import { type Evaluation, refuse, say } from './evaluation.ts'
import { derived } from './operators.ts'
import { resolved } from './resolve.ts'
import type { Expression } from './syntax.ts'
import { List, Residual, type Scope, Tuple, type Value } from './value.ts'

/** What a name is bound to. */
export function lookUp(name: string, evaluation: Evaluation): Value {
  const { scope } = evaluation.frame
  for (let at: Scope | null = scope; at !== null; at = at.outer) {
    const value = resolved(at, name)
    if (value !== undefined) return value
  }
  return evaluation.library.builtin(name) ?? refuse(`the name ${name} is bound nowhere`)
}

/** Binds a name; one that is a variable of the run is assigned to there. */
export function bind(name: string, value: Value, evaluation: Evaluation): void {
  const scope = evaluation.frame.scope.elsewhere.get(name) ?? evaluation.frame.scope
  const before = scope.names.get(name)
  if (before !== undefined && 'value' in before && before.value instanceof Variable) {
    say(evaluation, { say: 'code', text: `${before.value.code} = ${codeOf(value)}` })
    before.value.becomes(value)
    return
  }
  scope.names.set(name, { value })
}

/** A variable of the run's: what is bound to its name is assigned to it. */
export class Variable extends Residual {
  becomes(value: Value): void {
    const sort = value instanceof Residual ? value.sort : this.sort
    const columns = value instanceof Residual ? value.columns : this.columns
    const isAlike = JSON.stringify(columns) === JSON.stringify(this.columns)
    Object.assign(this, {
      sort: sort === this.sort ? sort : 'unknown',
      columns: isAlike ? this.columns : null,
      countable: this.countable && isAlike,
    })
  }
}

/** Binds a target to a value: a name, several, an item, an attribute. */
export function assign(
  target: Expression,
  value: Value,
  evaluation: Evaluation,
  others: (target: Expression, value: Value) => void,
): void {
  if (target.nodeType === 'Name') {
    bind(target.id, value, evaluation)
    return
  }
  if (target.nodeType !== 'Tuple' && target.nodeType !== 'List') {
    others(target, value)
    return
  }
  const items = unpacked(
    value,
    target.elts.length,
    target.elts.findIndex((one) => one.nodeType === 'Starred'),
  )
  target.elts.forEach((one, n) => {
    const inner = one.nodeType === 'Starred' ? one.value : one
    assign(inner, items[n] ?? null, evaluation, others)
  })
}

/** A value as so many; `starred`: which of them takes what is left over, or -1. */
export function unpacked(value: Value, count: number, starred: number): readonly Value[] {
  if (value instanceof Residual) return unpackedResidual(value, count, starred)
  if (!(value instanceof List) && !(value instanceof Tuple)) return refuse('this cannot be unpacked here')
  const { items } = value
  if (starred === -1) {
    return items.length === count ? items : refuse(`${items.length} values are unpacked into ${count} names`)
  }
  const after = count - starred - 1
  return [
    ...items.slice(0, starred),
    new List(items.slice(starred, items.length - after)),
    ...items.slice(items.length - after),
  ]
}

function unpackedResidual(value: Residual, count: number, starred: number): readonly Value[] {
  if (starred !== -1) return refuse('a starred name takes what only the run knows')
  return Array.from({ length: count }, (_, n) => cell(value, n))
}

/** A row's value by its place. */
export function cell(row: Residual, place: number): Value {
  const name = row.columns?.at(place)
  if (row.sort === 'row' && row.entity !== null) return row.entity.place(row, place)
  if (row.sort !== 'row') return derived(`${row.code}[${place}]`, 'unknown', row)
  if (name === undefined) return derived(`Object.values<any>(${row.code})[${place}]`, 'unknown', row)
  return valueOfRow(row, name)
}

/** A row's value by the name of its column. */
export function valueOfRow(row: Residual, name: string): Residual {
  const code = memberCode(row.code, name)
  if (!row.numbers) return derived(code, 'unknown', row)
  return new Residual(`Number(${code})`, { sort: 'number', queries: row.queries, simple: true })
}

export function memberCode(code: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${code}.${name}` : `${code}[${codeOf(name)}]`
}
