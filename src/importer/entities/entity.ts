import { refuse } from '../python/evaluation.ts'
import { type Called, textOf } from '../sqlalchemy/term.ts'

/** Something of alembic_utils, as the SQL that it sends. */
export type Entity = {
  readonly create: string
  /** `cascade`: the word, or nothing. */
  drop(cascade: string): string
  readonly replace: readonly string[]
}

/** A class of alembic_utils: a file each. */
export type Family = {
  readonly name: string
  read(called: Called): Entity
}

/** What most of them are made of. */
export type Definition = { readonly schema: string; readonly signature: string; readonly definition: string }

/** The arguments of an entity, by place or by name. */
export function argument({ name, positional, named }: Called, place: number, parameter: string): string {
  const value = positional[place] ?? named.get(parameter)
  return textOf(value, `the ${parameter} of ${name.split('.').at(-1)}`)
}

/** Schema, signature and definition as the library keeps them. */
export function definitionOf(called: Called, escaped: (sql: string) => string = escapedColons): Definition {
  return {
    schema: unquoted(spaced(argument(called, 0, 'schema'))),
    signature: unquoted(spaced(argument(called, 1, 'signature'))),
    definition: escaped(withoutSemicolon(argument(called, 2, 'definition'))),
  }
}

/** A colon of SQL is none of a parameter's. */
export function escapedColons(sql: string): string {
  return sql.replace(/::|:/g, (colons) => (colons === '::' ? colons : '\\:'))
}

export function withoutSemicolon(sql: string): string {
  return sql.trim().replace(/;+$/, '').trim()
}

/** With each run of whitespace as one space. */
export function spaced(text: string): string {
  return text.trim().split(/\s+/).join(' ')
}

export function unquoted(text: string): string {
  return text.replaceAll('"', '')
}

/** `public.users` as `"public"."users"`. */
export function quotedEntity(text: string): string {
  const at = text.indexOf('.')
  const quote = (part: string) =>
    `"${part
      .trim()
      .replace(/^"+|"+$/g, '')
      .trim()}"`
  return at === -1 ? quote(text) : `${quote(text.slice(0, at))}.${quote(text.slice(at + 1))}`
}

/** The table that a trigger or policy is of. */
export function entityOf(called: Called, place: number): string {
  const name = argument(called, place, 'on_entity')
  return unquoted(name.includes('.') ? name : `public.${name}`)
}

/** What has no form that replaces it. */
export function noReplacement(name: string): readonly string[] {
  return refuse(`${name} has no replace_entity`)
}
