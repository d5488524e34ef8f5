import { codeOf, holdsResidual, operandCode, queriesOf, residualOf, sortOf } from './code.ts'
import { refuse } from './evaluation.ts'
import { percent } from './format.ts'
import { str } from './text.ts'
import { isEqual, isTrue, truthCode } from './truth.ts'
import {
  Dict,
  dictOf,
  Float,
  keyOf,
  List,
  PySet,
  Residual,
  type Sort,
  setOf,
  Term,
  Tuple,
  type Value,
} from './value.ts'

/** `left + right` and its like, by the name of Python's node. */
export function binary(operator: string, left: Value, right: Value, line: number): Value {
  if (left instanceof Term || right instanceof Term) return operation(operator, [left, right], line)
  if (residualOf(left) !== null || residualOf(right) !== null) return residualBinary(operator, left, right)
  if (typeof left === 'string' && operator === 'Mod')
    return holdsResidual(right) ? interpolated(left, right) : percent(left, right)
  const found =
    onTexts(operator, left, right) ?? onLists(operator, left, right) ?? onSets(operator, left, right)
  return found ?? arithmetic(operator, left, right)
}

/** `left == right` and its like. */
export function compare(operator: string, left: Value, right: Value, line: number): Value {
  if (operator === 'Is' || operator === 'IsNot') return identity(operator === 'Is', left, right)
  if (operator === 'In' || operator === 'NotIn') return membership(operator === 'In', left, right)
  if (left instanceof Term || right instanceof Term) return operation(operator, [left, right], line)
  if (residualOf(left) !== null || residualOf(right) !== null) return residualCompare(operator, left, right)
  if (operator === 'Eq') return isEqual(left, right)
  if (operator === 'NotEq') return !isEqual(left, right)
  const order = orderOf(left, right)
  if (operator === 'Lt') return order < 0
  if (operator === 'LtE') return order <= 0
  return operator === 'Gt' ? order > 0 : order >= 0
}

export function unary(operator: string, operand: Value, line: number): Value {
  if (operator === 'Not') return not(operand)
  if (operand instanceof Term) return operation(operator, [operand], line)
  const residual = residualOf(operand)
  if (residual !== null) return derived(`-${operandCode(residual)}`, 'number', operand)
  if (operand instanceof Float) return operator === 'USub' ? new Float(-operand.value) : operand
  const number = typeof operand === 'boolean' ? Number(operand) : operand
  if (typeof number !== 'number' && typeof number !== 'bigint') return refuse('a number is wanted here')
  if (operator === 'Invert') return ~number
  return operator === 'USub' ? -number : number
}

export function not(value: Value): Value {
  const residual = residualOf(value)
  if (residual === null) return !isTrue(value as Exclude<Value, Residual>)
  if (residual.sort === 'rows' || residual.sort === 'list')
    return derived(`${operandCode(residual)}.length === 0`, 'boolean', value)
  if (residual.sort === 'row') return derived(`${operandCode(residual)} == null`, 'boolean', value)
  const code = truthCode(residual)
  return derived(/^[\w$.]+(\([^()]*\))?$/.test(code) ? `!${code}` : `!(${code})`, 'boolean', value)
}

/** An expression over others. */
export function derived(code: string, sort: Sort, ...of: readonly Value[]): Residual {
  return new Residual(code, { sort, queries: queriesOf(...of) })
}

function simpleOf(code: string, sort: Sort, ...of: readonly Value[]): Residual {
  return new Residual(code, { sort, queries: queriesOf(...of), simple: true })
}

/** The order of two values as Python sorts them. */
export function orderOf(left: Value, right: Value): number {
  const [a, b] = [numberOf(left), numberOf(right)]
  if (a !== null && b !== null) return a < b ? -1 : a > b ? 1 : 0
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  const [items, others] = [itemsOf(left), itemsOf(right)]
  if (items !== null && others !== null) {
    for (const [n, item] of items.entries()) {
      const other = others[n]
      if (other === undefined) return 1
      const order = isEqual(item, other) ? 0 : orderOf(item, other)
      if (order !== 0) return order
    }
    return items.length - others.length
  }
  return refuse('these two have no order')
}

function operation(operator: string, operands: readonly Value[], line: number): Term {
  return new Term({ is: 'operation', operator, operands }, line)
}

function residualBinary(operator: string, left: Value, right: Value): Value {
  const sign = ({ Add: '+', Sub: '-', Mult: '*', Div: '/', Mod: '%', Pow: '**' } as const)[operator]
  if (operator === 'Mod' && typeof left === 'string') return interpolated(left, right)
  if (operator === 'FloorDiv')
    return derived(`Math.floor(${operandCode(left)} / ${operandCode(right)})`, 'number', left, right)
  if (sign === undefined) return refuse(`the operator ${operator} on what only the run knows`)
  if (operator === 'Mod')
    return simpleOf(`pythonRemainder(${codeOf(left)}, ${codeOf(right)})`, 'number', left, right)
  if (operator === 'Mult' && ![left, right].every((value) => sortOf(value) === 'number'))
    return simpleOf(`pythonProduct(${codeOf(left)}, ${codeOf(right)})`, 'unknown', left, right)
  const sorts = [sortOf(left), sortOf(right)]
  if (sorts.includes('decimal')) return refuse('arithmetic of decimals, which TypeScript does in floats')
  if (operator === 'Add' && sorts.includes('list') && !sorts.includes('unknown'))
    return derived(`[...${operandCode(left)}, ...${operandCode(right)}]`, 'list', left, right)
  // Of two that may be lists, texts or numbers, the run has to see which they are.
  if (operator === 'Add' && sorts.includes('unknown') && !sorts.includes('text'))
    return simpleOf(
      `pythonSum(${codeOf(left)}, ${codeOf(right)})`,
      sorts.includes('number') ? 'number' : 'unknown',
      left,
      right,
    )
  const sort = operator !== 'Add' || !sorts.includes('text') ? 'number' : 'text'
  const known = sort === 'number' && operator === 'Add' && sorts.includes('unknown') ? 'unknown' : sort
  return derived(`${operandCode(left)} ${sign} ${operandCode(right)}`, known, left, right)
}

/** `'… %s' % row.name` as a template. */
function interpolated(text: string, values: Value): Value {
  const list = values instanceof Tuple ? values.items : [values]
  let used = 0
  const parts = text.split(/(%%|%s|%d|%\(\w+\)s)/)
  const template = parts.map((part) => {
    if (part === '%%') return '%'
    if (!part.startsWith('%') || part.length < 2) return templateText(part)
    const name = /^%\((\w+)\)s$/.exec(part)?.[1]
    const value = name === undefined ? list[used++] : (values as Dict).entries?.get(keyOf(name) ?? '')?.[1]
    if (value === undefined) return refuse('there are fewer values than places in the text')
    return placeCode(value)
  })
  return derived(`\`${template.join('')}\``, 'text', values)
}

/** A value as it stands in a template, with the text that Python makes of it. */
export function placeCode(value: Value): string {
  if (residualOf(value) === null) return templateText(str(value))
  const code = codeOf(value)
  const isPlain = sortOf(value) === 'text' || sortOf(value) === 'number'
  return isPlain ? `\${${code}}` : `\${pythonText(${code})}`
}

/** A text as it stands in a template. */
export function templateText(text: string): string {
  return text.replace(/[`\\]|\$\{/g, '\\$&')
}

function residualCompare(operator: string, left: Value, right: Value): Value {
  const signs = { Eq: '===', NotEq: '!==', Lt: '<', LtE: '<=', Gt: '>', GtE: '>=' } as const
  const sign = signs[operator as keyof typeof signs]
  if (left === null || right === null) return identity(operator === 'Eq', left, right)
  const sorts = [sortOf(left), sortOf(right)]
  const isWhole = (value: Value) => value instanceof List || value instanceof Tuple
  if ((operator === 'Eq' || operator === 'NotEq') && (isWhole(left) || isWhole(right)))
    return derived(
      `JSON.stringify(${codeOf(left)}) ${sign} JSON.stringify(${codeOf(right)})`,
      'boolean',
      left,
      right,
    )
  if (sorts.includes('list') || sorts.includes('dict') || sorts.includes('json'))
    return refuse('whether two lists or objects are equal, which only the run knows')
  // The driver gives whole numbers of 64 bits and decimals as texts, so that no digit is lost.
  const code = (value: Value) =>
    (sortOf(value) === 'unknown' || sortOf(value) === 'decimal') &&
    (sorts.includes('number') || sorts.includes('decimal'))
      ? `Number(${codeOf(value)})`
      : operandCode(value)
  return derived(`${code(left)} ${sign} ${code(right)}`, 'boolean', left, right)
}

function identity(same: boolean, left: Value, right: Value): Value {
  const other = right === null ? left : right
  const residual = residualOf(left) ?? residualOf(right)
  if (residual !== null && (left === null || right === null))
    return derived(`${operandCode(other)} ${same ? '==' : '!='} null`, 'boolean', other)
  if (residual !== null) {
    const code = `${operandCode(left)} ${same ? '===' : '!=='} ${operandCode(right)}`
    return derived(code, 'boolean', left, right)
  }
  const [a, b] = [keyOf(left), keyOf(right)]
  const equal = left === right || (a !== undefined && a === b && typeof left === typeof right)
  return equal === same
}

function membership(within: boolean, item: Value, holder: Value): Value {
  const residual = residualOf(holder)
  const known = holder as Exclude<Value, Residual>
  if (residual === null && residualOf(item) === null) return contains(known, item) === within
  const list = holder instanceof Dict ? new List([...holder.entries.values()].map(([key]) => key)) : holder
  const code =
    sortOf(list) === 'dict' || sortOf(list) === 'json' || sortOf(list) === 'row'
      ? `${operandCode(item)} in ${operandCode(list)}`
      : `${operandCode(list)}.includes(${codeOf(item)})`
  const bare = code.includes(' in ') ? `!(${code})` : `!${code}`
  return derived(within ? code : bare, 'boolean', item, list)
}

function contains(holder: Value, item: Value): boolean {
  if (typeof holder === 'string') return typeof item === 'string' && holder.includes(item)
  if (holder instanceof List || holder instanceof Tuple) return holder.items.some((one) => isEqual(one, item))
  if (holder instanceof Dict || holder instanceof PySet) return holder.entries.has(keyOf(item) ?? '')
  return refuse('what is in this is not known here')
}

function onTexts(operator: string, left: Value, right: Value): Value | undefined {
  if (typeof left === 'string' && typeof right === 'string' && operator === 'Add') return left + right
  if (operator !== 'Mult') return undefined
  if (typeof left === 'string' && typeof right === 'number') return left.repeat(Math.max(0, right))
  if (typeof right === 'string' && typeof left === 'number') return right.repeat(Math.max(0, left))
  return undefined
}

function onLists(operator: string, left: Value, right: Value): Value | undefined {
  if (left instanceof Dict && right instanceof Dict && operator === 'BitOr')
    return dictOf([...left.entries.values(), ...right.entries.values()])
  if (left instanceof List && right instanceof List && operator === 'Add')
    return new List([...left.items, ...right.items])
  if (left instanceof Tuple && right instanceof Tuple && operator === 'Add')
    return new Tuple([...left.items, ...right.items])
  if (left instanceof List && typeof right === 'number' && operator === 'Mult')
    return new List(Array.from({ length: right }, () => left.items).flat())
  return undefined
}

function onSets(operator: string, left: Value, right: Value): Value | undefined {
  if (!(left instanceof PySet) || !(right instanceof PySet)) return undefined
  const [mine, theirs] = [[...left.entries.values()], [...right.entries.values()]]
  const isIn = (set: PySet) => (item: Value) => set.entries.has(keyOf(item) ?? '')
  if (operator === 'Sub') return setOf(mine.filter((item) => !isIn(right)(item)))
  if (operator === 'BitOr') return setOf([...mine, ...theirs])
  if (operator === 'BitAnd') return setOf(mine.filter(isIn(right)))
  return undefined
}

function arithmetic(operator: string, left: Value, right: Value): Value {
  const [a, b] = [numberOf(left), numberOf(right)]
  if (a === null || b === null) return refuse(`Python's ${operator} of these two is not known here`)
  const isFloat = left instanceof Float || right instanceof Float || operator === 'Div'
  if (isFloat) return new Float(floating(operator, Number(a), Number(b)))
  return shortest(whole(operator, BigInt(a), BigInt(b)))
}

function floating(operator: string, a: number, b: number): number {
  if (operator === 'Add') return a + b
  if (operator === 'Sub') return a - b
  if (operator === 'Mult') return a * b
  if (operator === 'Div') return a / b
  if (operator === 'FloorDiv') return Math.floor(a / b)
  if (operator === 'Mod') return a - b * Math.floor(a / b)
  return operator === 'Pow' ? a ** b : refuse(`Python's ${operator} of floats is not known here`)
}

function whole(operator: string, a: bigint, b: bigint): bigint {
  if (operator === 'Add') return a + b
  if (operator === 'Sub') return a - b
  if (operator === 'Mult') return a * b
  if (operator === 'FloorDiv') return (a - remainder(a, b)) / b
  if (operator === 'Mod') return remainder(a, b)
  if (operator === 'Pow' && b >= 0n) return a ** b
  if (operator === 'LShift') return a << b
  if (operator === 'RShift') return a >> b
  if (operator === 'BitOr') return a | b
  if (operator === 'BitAnd') return a & b
  return operator === 'BitXor' ? a ^ b : refuse(`Python's ${operator} of ints is not known here`)
}

/** Python's remainder has the sign of the divisor. */
function remainder(a: bigint, b: bigint): bigint {
  if (b === 0n) return refuse('this divides by zero')
  return ((a % b) + b) % b
}

export function shortest(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

function numberOf(value: Value): number | bigint | null {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (typeof value === 'boolean') return Number(value)
  return value instanceof Float ? value.value : null
}

function itemsOf(value: Value): readonly Value[] | null {
  return value instanceof List || value instanceof Tuple ? value.items : null
}
