import { refuse } from '../python/evaluation.ts'
import { type Arguments, Term, type Value } from '../python/value.ts'

/** The name of a term that is one: `sa.String`. */
export function nameOf(value: Value | undefined): string | null {
  return value instanceof Term && value.form.is === 'name' ? value.form.name : null
}

/** A call of something of a library's: its name, or that of the method, and what it was given. */
export type Called = Arguments & {
  readonly name: string
  /** What the method was called on. */
  readonly of: Term | null
  readonly line: number
}

/** A term that is a call; null for any other. */
export function calledOf(value: Value | undefined): Called | null {
  if (!(value instanceof Term) || value.form.is !== 'call') return null
  const { callee, positional, named } = value.form
  const { form } = callee
  if (form.is === 'name') return { name: form.name, of: null, positional, named, line: value.line }
  if (form.is === 'attribute') return { name: form.name, of: form.of, positional, named, line: value.line }
  return null
}

/** What stands for parameters of these names, by place or by name; what is left over is refused. */
export function parameters<Name extends string>(
  { positional, named }: Arguments,
  names: readonly Name[],
  what: string,
): { readonly [Parameter in Name]?: Value } {
  if (positional.length > names.length) return refuse(`${what} is given too many arguments`)
  const found: { [Parameter in Name]?: Value } = {}
  names.forEach((name, n) => {
    const value = n < positional.length ? positional[n] : named.get(name)
    if (value !== undefined) found[name] = value
  })
  const unknown = [...named.keys()].find((name) => !(names as readonly string[]).includes(name))
  return unknown === undefined ? found : refuse(`${what} takes no ${unknown} here`)
}

/** A known text. */
export function textOf(value: Value | undefined, what: string): string {
  return typeof value === 'string' ? value : refuse(`${what} is no known text`)
}

/** The same, or undefined where nothing, or None, is given. */
export function optionalText(value: Value | undefined, what: string): string | undefined {
  return value === undefined || value === null ? undefined : textOf(value, what)
}
