import { readEntity } from '../entities/families.ts'
import type { Value } from '../python/value.ts'
import type { Context } from './context.ts'
import { sayExecute } from './execute.ts'

/** `op.create_entity(…)` of alembic_utils. */
export function sayCreateEntity(value: Value, context: Context): null {
  return sayTexts([readEntity(value).create], context)
}

/** `op.drop_entity(…, cascade=False)`. */
export function sayDropEntity(value: Value, cascade: Value, context: Context): null {
  return sayTexts(
    [
      readEntity(value)
        .drop(cascade === true ? 'cascade' : '')
        .trim(),
    ],
    context,
  )
}

/** `op.replace_entity(…)`. */
export function sayReplaceEntity(value: Value, context: Context): null {
  return sayTexts(readEntity(value).replace, context)
}

function sayTexts(texts: readonly string[], context: Context): null {
  const { evaluation } = context
  for (const text of texts) sayExecute(evaluation.library.term('sa.text', [text], evaluation), context)
  return null
}
