import { InvalidIdentifier, quoteIdentifier } from '../sql/identifier.ts'
import type { ColumnType } from './column-definition.ts'
import type { ObjectName } from './object-name.ts'

/** An operator is named by its name and its operands' types. */
export type OperatorIdentity = {
  readonly schema?: string
  /** Of the signs `+ - * / < > = ~ ! @ # % ^ & | ? ` and the backtick. */
  readonly name: string
  /** The operand's type. Left out for a prefix operator. */
  readonly left?: ColumnType
  readonly right: ColumnType
}

/** `"app".===`. PostgreSQL has no quotes for an operator's name, so one that would need them is refused. */
export function operatorName(reference: ObjectName): string {
  const { schema, name } = typeof reference === 'string' ? { name: reference } : reference
  if (!/^[-+*/<>=~!@#%^&|`?]+$/.test(name)) {
    throw new InvalidIdentifier(
      name,
      'is no operator',
      'Use the signs + - * / < > = ~ ! @ # % ^ & | ` ? only.',
    )
  }
  return schema === undefined ? name : `${quoteIdentifier(schema)}.${name}`
}

/** `"app".=== (integer, integer)`, with NONE for an operand that is not there. */
export function operatorIdentity(operator: OperatorIdentity): string {
  return `${operatorName(operator)} (${operator.left ?? 'NONE'}, ${operator.right})`
}

/** `OPERATOR("app".===)`, as an option's value. */
export function operatorValue(reference: ObjectName): string {
  return `OPERATOR(${operatorName(reference)})`
}
