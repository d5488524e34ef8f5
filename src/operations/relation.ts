import { qualifiedName } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { Lock } from './operation.ts'

/** A table by name, in a schema or where the search_path finds it. */
export type TableReference = { readonly schema?: string; readonly table: string }

export function tableName(reference: TableReference): string {
  return qualifiedName({ ...reference, name: reference.table })
}

/** The table as a regclass constant, for questions to the catalog. PostgreSQL's error says so if there is none. */
export function regclass(object: { readonly schema?: string | undefined; readonly name: string }): string {
  return `${quoteLiteral(qualifiedName(object))}::regclass`
}

/** A lock on a table, as an operation declares it. */
export function lockOn(reference: TableReference, mode: Lock['mode']): Lock {
  return { ...inSchema(reference), table: reference.table, mode }
}

/** The fields that are given, so that an absent one stays absent (exactOptionalPropertyTypes). */
export function inSchema(reference: { readonly schema?: string | undefined }): { readonly schema?: string } {
  return reference.schema === undefined ? {} : { schema: reference.schema }
}

/** A function by name, in a schema or where the search_path finds it. */
export type FunctionReference = { readonly schema?: string; readonly function: string }

export function functionName(reference: FunctionReference): string {
  return qualifiedName({ ...reference, name: reference.function })
}
