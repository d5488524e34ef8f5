import { replaceEnum } from '../../operations/registry.ts'
import { refuse } from '../python/evaluation.ts'
import { List, Tuple, type Value } from '../python/value.ts'
import { textOf } from '../sqlalchemy/term.ts'
import { type Context, schemaIn, tell } from './context.ts'

/** `op.sync_enum_values(…)` of alembic_postgresql_enum: `replaceEnum` finds the columns by itself. */
export function saySyncedEnum(
  given: {
    readonly schema: Value
    readonly name: Value
    readonly values: Value
    readonly renamed: Value
  },
  context: Context,
): null {
  const values = itemsOf(given.values).map((value) => textOf(value, 'a label of an enum'))
  const pairs = itemsOf(given.renamed).map((pair) => {
    const [from, to] = itemsOf(pair)
    return [textOf(from, 'a label'), textOf(to, 'a label')] as const
  })
  const mapping = pairs.length === 0 ? {} : { mapping: Object.fromEntries(pairs) }
  const name = textOf(given.name, 'the name of an enum')
  return tell(context, replaceEnum({ ...schemaIn(given.schema), name, values, ...mapping }))
}

function itemsOf(value: Value): readonly Value[] {
  if (value === null) return []
  if (value instanceof List || value instanceof Tuple) return value.items
  return refuse('the labels of an enum are no known list')
}
