import { type MovableObject, setSchema } from '../operations/object-schema.ts'
import type { Directive } from '../operations/operation.ts'
import { type RenamableObject, renameObject } from '../operations/rename.ts'
import type { KindDefinition, Named } from './object-kind.ts'

type InSchema = { readonly schema?: string; readonly name: string }

/** For a kind of objects with a name and a schema of their own, which `renameObject` and `setSchema` take. */
export function renamable<Fields extends InSchema>(): Pick<
  Required<KindDefinition<Fields, never>>,
  'rename' | 'nameless'
> {
  return {
    rename: ({ reference: object, fields: before }: Named<Fields>, { fields: after }: Named<Fields>) => {
      const renamed: readonly Directive[] =
        before.name === after.name
          ? []
          : [renameObject({ object: object as RenamableObject, to: after.name })]
      return [...renamed, ...moved({ ...before, name: after.name }, after, withName(object, after.name))]
    },
    nameless: ({ schema: _, name: __, ...rest }: Fields) => rest,
  }
}

/** Bytes of a name that PostgreSQL keeps. https://www.postgresql.org/docs/current/limits.html */
const longestName = 63

/** The same under a longer name; null where PostgreSQL would cut that. */
export function withSuffix<Fields extends { readonly name: string }>(
  fields: Fields,
  suffix: string,
): Fields | null {
  const name = `${fields.name}${suffix}`
  return Buffer.byteLength(name) > longestName ? null : { ...fields, name }
}

/** What moves an object to another schema; where a directive says none, it is in the one in which objects are made. */
export function moved(before: InSchema, after: InSchema, object: unknown): readonly Directive[] {
  // One that is in the schema in which objects are made is said with it where PostgreSQL has another of its name.
  if ((before.schema ?? 'public') === (after.schema ?? 'public')) return []
  return [
    setSchema({
      of: object as MovableObject,
      to: after.schema ?? 'public',
      ...(before.schema === undefined ? { was: 'public' } : {}),
    }),
  ]
}

/** The same reference for an object of another name: its kind is the property that is no schema and no list of parameters. */
function withName(reference: unknown, name: string): unknown {
  const [kind] = Object.keys(reference as object).filter((key) => !['schema', 'arguments'].includes(key))
  return { ...(reference as object), ...(kind === undefined ? {} : { [kind]: name }) }
}
