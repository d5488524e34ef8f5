import { refuse } from '../python/evaluation.ts'
import type { Expression, Statement } from '../python/syntax.ts'
import type { ClassValue, Value } from '../python/value.ts'
import { FunctionValue } from '../python/value.ts'
import type { SqlType } from './types.ts'

/**
 * The type that `load_dialect_impl` gives on PostgreSQL, where it is one of the well-known forms: `dialect.type_descriptor(UUID())`
 * under `dialect.name == 'postgresql'`. Null where it is left to `impl`.
 */
export function callFunctionType(of: ClassValue, load: Value): SqlType | null {
  if (!(load instanceof FunctionValue)) return null
  const found = postgresName(load.node.body as readonly Statement[] | Expression)
  if (found === null) return null
  return wellKnown.get(found) ?? refuse(`the type ${of.name} of the application is ${found} on PostgreSQL`)
}

/** The name of the type under PostgreSQL's branch, as it stands in the text of the tree. */
function postgresName(body: unknown): string | null {
  const text = JSON.stringify(body)
  if (!text.includes('"postgresql"')) return null
  const after = text.slice(text.indexOf('"postgresql"'))
  return /"(?:id|attr)":"(UUID|JSONB|CITEXT|ARRAY|INET|TSVECTOR)"/.exec(after)?.[1] ?? null
}

const wellKnown: ReadonlyMap<string, SqlType> = new Map([
  ['UUID', { text: 'uuid', affinity: 'other' }],
  ['JSONB', { text: 'jsonb', affinity: 'other', literal: 'json' }],
  ['CITEXT', { text: 'citext', affinity: 'other' }],
  ['INET', { text: 'inet', affinity: 'other' }],
  ['TSVECTOR', { text: 'tsvector', affinity: 'other' }],
])
