import { LimbeckError } from '../error.ts'
import { didYouMean, nearMisses } from '../near-miss.ts'
import { type Difference, differences, type Shape } from './shape.ts'
import { fieldsOf, shapes } from './shapes.ts'

/** A call of an operation with a field that it does not have, without one that it needs, or with a value that a field does not take. */
export class InvalidField extends LimbeckError {
  readonly code = 'INVALID_FIELD'
  readonly kind: string
  /** Where in the fields, `columns[1].notNul`. */
  readonly field: string

  constructor(kind: string, field: string, { message, hint }: { message: string; hint: string }) {
    super(message, { hint })
    this.kind = kind
    this.field = field
  }
}

/**
 * Refuses fields that are not those of the operation's type: Node strips types and checks none, and a misspelt
 * `concurrently` would else be left out without a word. A project's own operations are not known here and pass.
 */
export function checkFields(kind: string, fields: unknown): void {
  const shape = fieldsOf[kind]
  if (shape === undefined) return
  const [first, ...others] = differences(fields, shape, shapes)
  if (first === undefined) return
  // A name that is not known says more than one that is missing: it may be the same, misspelt.
  const told = [first, ...others].find(({ type }) => type === 'unknown') ?? first
  throw new InvalidField(kind, pathOf(told), tell(kind, told, [first, ...others]))
}

/** Refuses what is taken without a reason: who reads it later has to know why. */
export function checkAccepted(kind: string, accept: unknown): void {
  if (accept === undefined) return
  const entries = typeof accept === 'object' && accept !== null ? Object.entries(accept) : []
  const bare = entries.find(([, reason]) => typeof reason !== 'string' || reason.trim() === '')
  if (entries.length > 0 && bare === undefined) return
  throw new InvalidField(kind, 'accept', {
    message: `op.${kind}: "accept" has to name rules with a reason for each.`,
    hint: "Write { accept: { 'bulk-change': 'forty rows' } }; \"limbeck lint\" says the names.",
  })
}

function pathOf(difference: Difference): string {
  const { path } = difference
  if (difference.type === 'other' || difference.type === 'none of') return path
  return path === '' ? difference.name : `${path}.${difference.name}`
}

function tell(
  kind: string,
  difference: Difference,
  all: readonly Difference[],
): { message: string; hint: string } {
  const { path } = difference
  const subject = path === '' ? `op.${kind}` : `op.${kind}: "${path}"`
  if (difference.type === 'unknown') {
    const { name, known } = difference
    if (difference.elsewhere === true) {
      return {
        message: `${subject} has a field "${name}", but not beside the others that it was given.`,
        hint: `Beside these it has ${known.join(', ')}.`,
      }
    }
    const missing = all.flatMap((other) =>
      other.type === 'missing' && other.path === path ? [other.name] : [],
    )
    const near = nearMisses(
      name,
      [...missing, ...known].filter((field) => field.length > 1),
    )
    return {
      message: `${subject} has no field "${name}".`,
      hint: `${didYouMean(near.slice(0, 1))} Its fields: ${known.join(', ')}.`.trim(),
    }
  }
  if (difference.type === 'missing') {
    return {
      message: `${subject} needs "${difference.name}".`,
      hint: `"${difference.name}" takes ${described(difference.shape)}.`,
    }
  }
  if (difference.type === 'none of') {
    const names = difference.names.map((name) => `"${name}"`)
    return { message: `${subject} needs one of its fields.`, hint: `Give any of ${names.join(', ')}.` }
  }
  const verb = path === '' ? 'was given' : 'is'
  return {
    message: `${subject} ${verb} ${shown(difference.value)}.`,
    hint: `It takes ${described(difference.shape)}.`,
  }
}

const words = {
  string: 'a text',
  number: 'a number',
  bigint: 'a bigint',
  boolean: 'true or false',
  null: 'null',
  function: 'a function',
  object: 'an object',
  value: 'a value',
  any: 'anything',
} as const

/** A shape in words. */
function described(shape: Shape): string {
  if (typeof shape === 'string') return words[shape]
  if ('named' in shape)
    return shape.named === 'Sql' ? 'SQL (op.sql`…`)' : described(shapes[shape.named] ?? 'any')
  if ('literals' in shape) return alternatives(shape.literals.map(shown))
  if ('listOf' in shape) return `a list (${described(shape.listOf)})`
  if ('either' in shape) return alternatives(shape.either.flatMap(members).map(described))
  const names = Object.keys({ ...shape.fields, ...shape.optional })
  return names.length === 0 ? 'an object' : `an object { ${names.join(', ')} }`
}

/** What there is to choose from, a literal each. */
function members(shape: Shape): readonly Shape[] {
  if (typeof shape === 'string') return [shape]
  if ('either' in shape) return shape.either.flatMap(members)
  return 'literals' in shape ? shape.literals.map((literal) => ({ literals: [literal] })) : [shape]
}

/** `a`, `a or b`, `a, b or c`. */
function alternatives(texts: readonly string[]): string {
  const different = [...new Set(texts)].filter(
    (text) => (text !== 'true' && text !== 'false') || !texts.includes(words.boolean),
  )
  const last = different.at(-1) ?? ''
  return different.length < 2 ? last : `${different.slice(0, -1).join(', ')} or ${last}`
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > 60 ? `${value.slice(0, 59)}…` : value}'`
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'function' ? 'a function' : String(value)
}
