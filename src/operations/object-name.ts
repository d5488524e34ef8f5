import { qualifiedName } from '../sql/identifier.ts'

/** An object by its name, with its schema where the search_path does not find it. */
export type ObjectName = string | { readonly schema?: string; readonly name: string }

export function objectName(reference: ObjectName): string {
  return qualifiedName(typeof reference === 'string' ? { name: reference } : reference)
}
