import type { Generated } from '../../operations/column-definition.ts'
import type { Identity } from '../../operations/identity.ts'
import { refuse } from '../python/evaluation.ts'
import type { Value } from '../python/value.ts'
import { booleanOf } from '../sqlalchemy/column.ts'
import { sqlOf } from '../sqlalchemy/piece.ts'
import type { Called } from '../sqlalchemy/term.ts'
import { conditionPiece } from './constraint.ts'
import { present } from './context.ts'

/** `sa.Identity(always=True, start=10)`. */
export function identityOf({ positional, named }: Called): Identity {
  const always = booleanOf(positional[0] ?? named.get('always')) ?? false
  const generated = always ? 'always' : 'by default'
  const options = present({
    start: number(named.get('start')),
    increment: number(named.get('increment')),
    minValue: number(named.get('minvalue')),
    maxValue: number(named.get('maxvalue')),
    cache: number(named.get('cache')),
    cycle: booleanOf(named.get('cycle')) ?? undefined,
  })
  return Object.keys(options).length === 0 ? generated : { generated, ...options }
}

/** `sa.Computed('a + b')`; PostgreSQL before 18 stores it, and so does SQLAlchemy where nothing is said. */
export function generatedOf({ positional, named }: Called): Generated {
  const expression = sqlOf(conditionPiece(positional[0] ?? named.get('sqltext') ?? null))
  const persisted = booleanOf(positional[1] ?? named.get('persisted'))
  return persisted === false ? { expression, kind: 'virtual' } : expression
}

function number(value: Value | undefined): number | bigint | undefined {
  if (value === undefined || value === null) return undefined
  return typeof value === 'number' || typeof value === 'bigint'
    ? value
    : refuse('an option of an identity is no known number')
}
