import { refuse } from '../python/evaluation.ts'
import type { Value } from '../python/value.ts'
import { calledOf } from '../sqlalchemy/term.ts'
import type { Entity, Family } from './entity.ts'
import { extensionFamily } from './extension.ts'
import { functionFamily } from './function.ts'
import { grantTableFamily } from './grant-table.ts'
import { materializedViewFamily } from './materialized-view.ts'
import { policyFamily } from './policy.ts'
import { triggerFamily } from './trigger.ts'
import { viewFamily } from './view.ts'

/** All of them. */
const families: readonly Family[] = [
  functionFamily,
  viewFamily,
  materializedViewFamily,
  triggerFamily,
  extensionFamily,
  policyFamily,
  grantTableFamily,
]

/** The entity that a value is. */
export function readEntity(value: Value): Entity {
  const called = calledOf(value)
  const [library = '', ...words] = called?.name.split('.') ?? []
  const family = families.find(({ name }) => name === words.at(-1))
  if (called === null || family === undefined || !/^alembic_utils/.test(library))
    return refuse('an entity that is none of alembic_utils’ own')
  return family.read(called)
}
