import type { Node, StatementTree } from '../sql/statements.ts'
import { find } from '../trace/fixed-locks.ts'
import type { Picture } from '../trace/picture.ts'
import { addedConstraints, alterCommands, altersBy, columnConstraints, hasOption } from './tree.ts'

/** A form that PostgreSQL has only from a major version on. */
export type NewerForm = { readonly what: string; readonly since: number }

/**
 * Forms in a statement that 13 does not have, found in its tree: it is tried on the newest version, which has them all.
 * https://www.postgresql.org/docs/release/
 */
export function newerForms(tree: StatementTree, before: Picture): readonly NewerForm[] {
  const { kind, node } = tree
  const forms: NewerForm[] = []
  const add = (isUsed: boolean, what: string, since: number) => {
    if (isUsed) forms.push({ what, since })
  }
  const commands = alterCommands(tree)
  add(
    commands.some(({ def }) => def?.PartitionCmd?.concurrent === true) ||
      altersBy(tree, ['AT_DetachPartitionFinalize']),
    'DETACH PARTITION … CONCURRENTLY',
    14,
  )
  add(altersBy(tree, ['AT_SetCompression']), 'SET COMPRESSION', 14)
  add(kind === 'CreateTrigStmt' && node['replace'] === true, 'CREATE OR REPLACE TRIGGER', 14)
  add(kind === 'CreateFunctionStmt' && node['sql_body'] !== undefined, 'a body of SQL without quotes', 14)
  add(altersBy(tree, ['AT_SetAccessMethod']), 'SET ACCESS METHOD', 15)
  add(kind === 'MergeStmt', 'MERGE', 15)
  add(hasMember(node, 'nulls_not_distinct', true), 'NULLS NOT DISTINCT', 15)
  add(kind === 'ViewStmt' && hasOption(node['options'], 'security_invoker'), 'security_invoker', 15)
  add(altersBy(tree, ['AT_SetExpression']), 'SET EXPRESSION', 17)
  const columns = [
    ...commands.flatMap(({ def }) => def?.ColumnDef ?? []),
    ...((node['tableElts'] ?? []) as readonly Node[]).flatMap(({ ColumnDef }) => ColumnDef ?? []),
  ]
  const virtual = columns.some((column) =>
    columnConstraints(column).some(
      ({ contype, generated_kind: stored }) => contype === 'CONSTR_GENERATED' && stored !== 's',
    ),
  )
  add(virtual, 'a generated column that is not STORED', 18)
  const constraints = [
    ...addedConstraints(tree),
    ...((node['tableElts'] ?? []) as readonly Node[]).flatMap(({ Constraint }) => Constraint ?? []),
  ]
  add(
    constraints.some(({ contype }) => contype === 'CONSTR_NOTNULL'),
    'NOT NULL as a constraint of the table',
    18,
  )
  add(
    constraints.some(
      ({ contype, is_enforced: isEnforced }) =>
        ['CONSTR_CHECK', 'CONSTR_FOREIGN'].includes(contype) && isEnforced !== true,
    ) || commands.some(({ def }) => def?.ATAlterConstraint?.alterEnforceability === true),
    'NOT ENFORCED',
    18,
  )
  add(
    constraints.some(({ without_overlaps: overlaps }) => overlaps === true),
    'WITHOUT OVERLAPS',
    18,
  )
  const isPartitioned = kind === 'AlterTableStmt' && find(before, node['relation'])?.kind === 'p'
  add(
    isPartitioned &&
      addedConstraints(tree).some(
        ({ contype, skip_validation: isNotValid }) => contype === 'CONSTR_FOREIGN' && isNotValid === true,
      ),
    'a foreign key of a partitioned table that is NOT VALID',
    18,
  )
  return forms
}

function hasMember(node: Node, name: string, value: unknown): boolean {
  return Object.entries(node).some(
    ([key, member]) =>
      (key === name && member === value) ||
      (typeof member === 'object' && member !== null && hasMember(member as Node, name, value)),
  )
}
