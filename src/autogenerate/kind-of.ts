import { kinds } from '../catalog/kinds.ts'
import type { ObjectKind } from '../catalog/object-kind.ts'
import type { CatalogObject } from '../catalog/snapshot.ts'

export function kindOf({ kind }: CatalogObject): ObjectKind {
  const found = kinds.get(kind)
  if (found === undefined) throw new Error(`There is no kind of object that is called ${kind}.`)
  return found
}
