import {
  addExtensionDependency,
  type DependentObject,
  type ExtensionDependency,
} from '../operations/extension-dependency.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'

type Found = {
  readonly of_class: number
  readonly of_object: number
  readonly extension: string
}

/** That an object goes with an extension of which it is no part. */
export const extensionDependency = objectKind<ExtensionDependency, Found>({
  kind: 'extension dependency',
  query: () => `SELECT classid AS of_class, objid AS of_object, extname AS extension
    FROM pg_depend JOIN pg_extension e ON refclassid = 'pg_extension'::regclass AND e.oid = refobjid
    WHERE deptype = 'x' ORDER BY classid, extname, objid`,
  read({ of_class, of_object, extension }, { at }) {
    const object = at({ classid: of_class, objid: of_object, objsubid: 0 })
    if (object?.reference === undefined) return null
    return {
      key: `${keyOf('extension', extension)} for ${object.key}`,
      parent: object.key,
      needs: [keyOf('extension', extension)],
      // PostgreSQL says it of no other kinds.
      fields: { object: object.reference as DependentObject, extension },
    }
  },
  create: (fields) => [addExtensionDependency(fields)],
  change: () => [],
})
