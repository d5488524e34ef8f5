import type { Constraint } from '../../operations/constraint-definition.ts'
import { constraintDefinition } from '../../operations/constraint-definition.ts'
import {
  createCheckConstraint,
  createExcludeConstraint,
  createForeignKey,
  createPrimaryKey,
  createUniqueConstraint,
  dropConstraint,
  execute,
} from '../../operations/registry.ts'
import { refuse } from '../python/evaluation.ts'
import { refuseAsAlembic } from '../python/raise.ts'
import type { Value } from '../python/value.ts'
import { booleanOf } from '../sqlalchemy/column.ts'
import { givenName, type Named, nameFor } from '../sqlalchemy/name.ts'
import { quoted, quotedTable } from '../sqlalchemy/quote.ts'
import { optionalText } from '../sqlalchemy/term.ts'
import { type Context, type TableName, tell } from './context.ts'
import { runName } from './run-named.ts'

/** Adds a constraint to a table that is there. Alembic checks the rows at once; `isNotValid`: never. */
export function sayConstraint(
  constraint: Constraint,
  table: TableName,
  context: Context,
  isNotValid = false,
): null {
  const { name } = constraint
  // Without a name PostgreSQL chooses one, and a directive of Limbeck's has one always.
  if (name === undefined) {
    const suffix = isNotValid ? ' NOT VALID' : ''
    return tell(
      context,
      execute({ sql: `ALTER TABLE ${tableText(table)} ADD ${constraintDefinition(constraint)}${suffix}` }),
    )
  }
  const named = { ...table, name }
  const validation = isNotValid ? 'never' : 'now'
  if ('primaryKey' in constraint)
    return tell(context, createPrimaryKey({ ...named, ...plain(constraint.primaryKey) }))
  if ('unique' in constraint)
    return tell(context, createUniqueConstraint({ ...named, ...plain(constraint.unique) }))
  if ('check' in constraint)
    return tell(
      context,
      createCheckConstraint({ ...named, expression: constraint.check.expression, validation }),
    )
  if ('exclude' in constraint)
    return tell(context, createExcludeConstraint({ ...named, ...constraint.exclude }))
  if ('notNull' in constraint) return refuse('a NOT NULL with a name')
  const { enforced: _, ...key } = constraint.foreignKey
  return tell(context, createForeignKey({ ...named, ...key, validation }))
}

const kinds: { readonly [type: string]: Named['kind'] } = {
  foreignkey: 'fk',
  primary: 'pk',
  unique: 'uq',
  check: 'ck',
}

/** `drop_constraint('users_email_key', 'users', type_='unique')`. */
export function sayDropConstraint(
  table: TableName,
  name: Value,
  named: ReadonlyMap<string, Value>,
  context: Context,
): null {
  const ofRun = runName(name)
  if (ofRun !== null && booleanOf(named.get('if_exists')) !== true)
    return tell(context, dropConstraint({ ...table, name: ofRun }))
  const given = givenName(name)
  if (given === null) return refuseAsAlembic('drop_constraint without a name, which Alembic refuses too')
  const type = optionalText(named.get('type_'), 'the type of a constraint')
  const kind = type === undefined ? undefined : kinds[type]
  const convention = kind === undefined ? new Map() : context.conversion.convention
  const said = nameFor(given, { kind: kind ?? 'ck', ...table, columns: [] }, convention) ?? given.text
  if (booleanOf(named.get('if_exists')) === true)
    return tell(
      context,
      execute({ sql: `ALTER TABLE ${tableText(table)} DROP CONSTRAINT IF EXISTS ${quoted(said)}` }),
    )
  return tell(context, dropConstraint({ ...table, name: said }))
}

/** A key that is built by PostgreSQL, at once. */
function plain<Key extends { readonly withoutOverlaps?: string }>({ withoutOverlaps: _, ...key }: Key) {
  return key
}

function tableText({ schema, table }: TableName): string {
  return quotedTable({ schema, name: table })
}
