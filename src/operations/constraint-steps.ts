import { quoteIdentifier } from '../sql/identifier.ts'
import { type ConstraintKind, constraintDefinition } from './constraint-definition.ts'
import { type Statement, statement, undoneBy } from './operation.ts'
import { type TableReference, tableName } from './relation.ts'

/** A constraint by its name, which is unique in its table only. */
export type NamedConstraint = TableReference & { readonly name: string }

/**
 * When the rows that are there already are checked: `later`, in a stage of its own, while the table is read and
 * written (NOT VALID, then VALIDATE); `now`, under the lock of ADD CONSTRAINT, for an empty or small table, and for a
 * partitioned one, which takes no NOT VALID foreign key before PostgreSQL 18; or `never`.
 */
export type Validation = 'later' | 'now' | 'never'

/** A constraint that is not enforced has nothing to validate. */
export type Checking =
  | { readonly enforced?: true; readonly validation?: Validation }
  | { readonly enforced: false; readonly validation?: never }

/** Adds a constraint, and validates it where there is something to validate. */
export function addConstraint(
  named: NamedConstraint,
  kind: ConstraintKind,
  validation: Validation = 'later',
): readonly Statement[] {
  const definition = `ADD ${constraintDefinition({ name: named.name, ...kind })}`
  if (validation === 'now' || isNotEnforced(kind)) return [alterTable(named, definition)]
  const drop = alterTable(named, `DROP CONSTRAINT ${quoteIdentifier(named.name)}`)
  const notValid = { ...alterTable(named, `${definition} NOT VALID`, 'own'), part: 'not valid yet' }
  return undoneBy(
    [drop],
    validation === 'never' ? [notValid] : [notValid, { ...validate(named), part: 'validate' }],
  )
}

export function validate(named: NamedConstraint): Statement {
  return alterTable(named, `VALIDATE CONSTRAINT ${quoteIdentifier(named.name)}`, 'own')
}

export function alterTable(
  table: TableReference,
  change: string,
  transaction: 'shared' | 'own' = 'shared',
): Statement {
  return statement(`ALTER TABLE ${tableName(table)} ${change}`, transaction)
}

function isNotEnforced(kind: ConstraintKind): boolean {
  if ('check' in kind) return kind.check.enforced === false
  return 'foreignKey' in kind && kind.foreignKey.enforced === false
}
