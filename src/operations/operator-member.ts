import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import type { ColumnType } from './column-definition.ts'
import { type ObjectName, objectName } from './object-name.ts'
import { operatorName } from './operator-name.ts'

type Operands = { readonly left: ColumnType; readonly right: ColumnType }
type NoOperands = { readonly left?: never; readonly right?: never }

type Operator = {
  /** What the access method uses it for: for btree 1 is `<`, 2 `<=`, 3 `=`, 4 `>=`, 5 `>`. */
  readonly strategy: number
  readonly operator: ObjectName
  /** The btree operator family by which an index gives rows in the order of this operator. */
  readonly orderBy?: ObjectName
}

type SupportFunction = {
  /** What the access method uses it for: for btree 1 compares. */
  readonly support: number
  readonly schema?: string
  readonly function: string
  readonly arguments: readonly ColumnType[]
}

/** The operands are those of the class's type if they are left out. */
export type ClassOperator = Operator & (Operands | NoOperands)
export type ClassFunction = SupportFunction & (Operands | NoOperands)

export type FamilyOperator = Operator & Operands
/** `left` and `right` are the types for which it serves, as a rule those of its arguments. */
export type FamilyFunction = SupportFunction & Operands

/** `OPERATOR 1 "app".< (text, text), FUNCTION 1 (text, text) "compare"(text, text)` */
export function memberList(members: {
  readonly operators?: readonly ClassOperator[]
  readonly functions?: readonly ClassFunction[]
}): readonly string[] {
  return [
    ...(members.operators ?? []).map((member) =>
      clauses(
        `OPERATOR ${member.strategy} ${operatorName(member.operator)}`,
        operands(member),
        member.orderBy !== undefined && `FOR ORDER BY ${objectName(member.orderBy)}`,
      ),
    ),
    ...(members.functions ?? []).map((member) =>
      clauses(
        `FUNCTION ${member.support}`,
        operands(member),
        `${qualifiedName({ ...member, name: member.function })}(${member.arguments.join(', ')})`,
      ),
    ),
  ]
}

/** What names a member in a family: its number and its types. */
export function memberNames(members: {
  readonly operators?: readonly FamilyOperator[]
  readonly functions?: readonly FamilyFunction[]
}): readonly string[] {
  return [
    ...(members.operators ?? []).map((member) => `OPERATOR ${member.strategy} ${operands(member)}`),
    ...(members.functions ?? []).map((member) => `FUNCTION ${member.support} ${operands(member)}`),
  ]
}

function operands({ left, right }: Operands | NoOperands): string {
  return left === undefined ? '' : `(${left}, ${right})`
}
