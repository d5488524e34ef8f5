import type { Node, StatementTree } from '../sql/statements.ts'

/** The parts of an ALTER TABLE: `subtype` as in parsenodes.h, AT_AddColumn and its like. */
export function alterCommands({ kind, node }: StatementTree): readonly Node[] {
  if (kind !== 'AlterTableStmt') return []
  return (node['cmds'] ?? []).map(({ AlterTableCmd }: Node) => AlterTableCmd as Node)
}

export function altersBy(tree: StatementTree, subtypes: readonly string[]): boolean {
  return alterCommands(tree).some((command) => subtypes.includes(command['subtype']))
}

/** The constraints that an ALTER TABLE adds to a table. */
export function addedConstraints(tree: StatementTree): readonly Node[] {
  return alterCommands(tree).flatMap((command) =>
    command['subtype'] === 'AT_AddConstraint' ? [command['def']?.Constraint ?? {}] : [],
  )
}

/** The definitions of the columns that an ALTER TABLE adds. */
export function addedColumns(tree: StatementTree): readonly Node[] {
  return alterCommands(tree).flatMap((command) =>
    command['subtype'] === 'AT_AddColumn' ? [command['def']?.ColumnDef ?? {}] : [],
  )
}

export function columnConstraints(column: Node): readonly Node[] {
  return (column['constraints'] ?? []).map(({ Constraint }: Node) => Constraint as Node)
}

/** A table as the statement names it. */
export function tableName(relation: Node | undefined): string {
  const { schemaname, relname } = relation ?? {}
  return schemaname === undefined || schemaname === 'public' ? String(relname) : `${schemaname}.${relname}`
}

/** A type's name as the statement has it, without its schema. */
export function typeName(type: Node | undefined): string {
  return String(type?.['names']?.at(-1)?.String?.sval ?? '')
}

export function hasOption(options: readonly Node[] | undefined, name: string): boolean {
  return (options ?? []).some(({ DefElem: option }) => option?.defname === name)
}

/** All nodes of a kind in a tree. */
export function nodesOf(node: unknown, kind: string): readonly Node[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, value]) => [
    ...(name === kind ? [value as Node] : []),
    ...nodesOf(value, kind),
  ])
}
