import { factsOf } from '../../operations/operations.ts'
import { createEnum, dropEnum, execute } from '../../operations/registry.ts'
import { doBlock, quoteLiteral } from '../../sql/literal.ts'
import type { Arguments } from '../python/value.ts'
import { booleanOf } from '../sqlalchemy/column.ts'
import { quotedTable } from '../sqlalchemy/quote.ts'
import type { EnumType, SqlType } from '../sqlalchemy/types.ts'
import { type Context, tell } from './context.ts'

/**
 * The types that a table's columns need, made before it, without a look whether they are there. Alembic makes a type of a name once in
 * a run: a table that comes later finds it.
 */
export function sayTypesOf(types: readonly (SqlType | null)[], context: Context): void {
  for (const type of types) {
    const { enum: found } = type ?? {}
    if (found === undefined || !found.made || context.conversion.enums.has(keyOf(found))) continue
    context.conversion.enums.add(keyOf(found))
    tell(context, createEnum(fieldsOf(found)))
  }
}

/** `status.create(bind, checkfirst=True)`. */
export function sayCreateType(type: EnumType, given: Arguments, context: Context): null {
  if (!looksFirst(given, true)) return tell(context, createEnum(fieldsOf(type)))
  const [step] = factsOf(createEnum(fieldsOf(type))).steps({ major: 18 })
  const create = step?.run === 'statement' ? step.sql.sql.join('') : ''
  const name = quoteLiteral(quotedTable(type))
  return tell(
    context,
    execute({ sql: doBlock(`BEGIN\n  IF to_regtype(${name}) IS NULL THEN\n    ${create};\n  END IF;\nEND`) }),
  )
}

/** `status.drop(bind, checkfirst=True)`. */
export function sayDropType(type: EnumType, given: Arguments, context: Context): null {
  context.conversion.enums.delete(keyOf(type))
  const { schema, name } = type
  if (!looksFirst(given, true))
    return tell(context, dropEnum({ ...(schema === undefined ? {} : { schema }), name }))
  return tell(context, execute({ sql: `DROP TYPE IF EXISTS ${quotedTable(type)}` }))
}

/** A type that SQL of one's own drops: the next table makes it again. */
export function forgetType(name: string, { conversion }: Context): void {
  for (const key of conversion.enums)
    if (key === name || key.endsWith(`.${name}`)) conversion.enums.delete(key)
}

function looksFirst({ positional, named }: Arguments, usual: boolean): boolean {
  return booleanOf(named.get('checkfirst') ?? positional[1]) ?? usual
}

function fieldsOf({ schema, name, values }: EnumType) {
  return { ...(schema === undefined ? {} : { schema }), name, values }
}

function keyOf({ schema, name }: EnumType): string {
  return schema === undefined ? name : `${schema}.${name}`
}
