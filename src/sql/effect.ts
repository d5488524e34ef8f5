/** A table, or one column of it, as a statement names it. */
export type TablePart = { readonly schema?: string; readonly table: string; readonly column?: string }

/** What a statement does to what an application may use. */
export type StatementEffect = {
  /** Tables and columns that it makes. */
  readonly makes: readonly TablePart[]
  /** What an application may know and finds no more, or finds narrower; `any` for what is no table. */
  readonly breaks: readonly (TablePart | 'any')[]
}

// The tree of PostgreSQL's parser, as in statements.ts.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Node = Record<string, any>

const nothing: StatementEffect = { makes: [], breaks: [] }

/**
 * The effect of a statement by its tree alone: what a function or a DO block does within is not seen.
 * https://www.postgresql.org/docs/current/ddl-alter.html
 */
export function statementEffect(kind: string, node: Node): StatementEffect {
  switch (kind) {
    case 'CreateStmt':
    case 'CreateTableAsStmt':
      return { makes: [partOf(node['relation'] ?? node['into']?.rel)], breaks: [] }
    case 'AlterTableStmt':
      return alterEffect(node)
    case 'IndexStmt':
      return node['unique'] === true ? { makes: [], breaks: indexed(node) } : nothing
    case 'DropStmt':
      return { makes: [], breaks: dropped(node) }
    case 'RenameStmt':
      return { makes: [], breaks: renamed(node) }
    case 'AlterPolicyStmt':
      return { makes: [], breaks: [partOf(node['table'])] }
    case 'CreatePolicyStmt':
      return { makes: [], breaks: node['permissive'] === true ? [] : [partOf(node['table'])] }
    case 'RefreshMatViewStmt':
      return { makes: [], breaks: node['skipData'] === true ? [partOf(node['relation'])] : [] }
    case 'DropOwnedStmt':
    case 'DropRoleStmt':
    case 'DropUserMappingStmt':
      return { makes: [], breaks: ['any'] }
    case 'AlterObjectSchemaStmt':
      return { makes: [], breaks: [node['relation'] === undefined ? 'any' : partOf(node['relation'])] }
    case 'TruncateStmt':
      return {
        makes: [],
        breaks: (node['relations'] ?? []).map(({ RangeVar }: Node) => partOf(RangeVar)),
      }
    case 'AlterEnumStmt':
      return node['oldVal'] === undefined ? nothing : { makes: [], breaks: ['any'] }
    case 'AlterDomainStmt':
      return isNarrowedDomain(node) ? { makes: [], breaks: ['any'] } : nothing
    case 'GrantStmt':
      return node['is_grant'] === true || node['grant_option'] === true
        ? nothing
        : { makes: [], breaks: ['any'] }
    default:
      return nothing
  }
}

/** Objects that no application names, and without which it goes on as it did. */
const droppedUnnoticed = new Set([
  'OBJECT_TRIGGER',
  'OBJECT_EVENT_TRIGGER',
  'OBJECT_RULE',
  'OBJECT_STATISTIC_EXT',
  'OBJECT_ACCESS_METHOD',
  'OBJECT_TRANSFORM',
  'OBJECT_DOMCONSTRAINT',
  'OBJECT_OPCLASS',
  'OBJECT_OPFAMILY',
  'OBJECT_PUBLICATION',
  'OBJECT_SUBSCRIPTION',
  'OBJECT_FDW',
])
/** An INSERT … ON CONFLICT may rest on an index, by its columns; row security on a policy. */
const renamedUnnoticed = new Set([
  ...droppedUnnoticed,
  'OBJECT_INDEX',
  'OBJECT_POLICY',
  'OBJECT_FOREIGN_SERVER',
])

/** Nobody has named what goes with it. */
function takesAlong(node: Node): boolean {
  return node['behavior'] === 'DROP_CASCADE'
}

function partOf(relation: Node | undefined): TablePart {
  const table = String(relation?.['relname'] ?? '')
  return relation?.['schemaname'] === undefined
    ? { table }
    : { schema: String(relation['schemaname']), table }
}

function alterEffect(node: Node): StatementEffect {
  const table = partOf(node['relation'])
  const commands = ((node['cmds'] ?? []) as readonly Node[]).map(({ AlterTableCmd }) => AlterTableCmd as Node)
  const effects = commands.map((command) => commandEffect(table, command))
  return { makes: effects.flatMap(({ makes }) => makes), breaks: effects.flatMap(({ breaks }) => breaks) }
}

function commandEffect(table: TablePart, command: Node): StatementEffect {
  const column = (name: unknown): TablePart => ({ ...table, column: String(name) })
  switch (command['subtype']) {
    case 'AT_AddColumn': {
      const definition = command['def']?.ColumnDef ?? {}
      const added = column(definition.colname)
      return { makes: [added], breaks: hasToBeWritten(definition) ? [table] : [] }
    }
    case 'AT_DropColumn':
    case 'AT_AlterColumnType':
    case 'AT_SetNotNull':
    case 'AT_DropIdentity':
    case 'AT_DropExpression':
    case 'AT_SetExpression':
      return { makes: [], breaks: [column(command['name'])] }
    case 'AT_ColumnDefault':
      return { makes: [], breaks: command['def'] === undefined ? [column(command['name'])] : [] }
    case 'AT_AddConstraint':
      return { makes: [], breaks: constrained(table, command['def']?.Constraint ?? {}) }
    case 'AT_AlterConstraint':
      return { makes: [], breaks: isStricter(command['def']?.ATAlterConstraint ?? {}) ? [table] : [] }
    // Its kind is not known: an INSERT … ON CONFLICT may rest on it.
    case 'AT_DropConstraint':
    case 'AT_EnableRowSecurity':
    case 'AT_ForceRowSecurity':
    case 'AT_DetachPartition':
    case 'AT_DropInherit':
      return { makes: [], breaks: [table] }
    default:
      return nothing
  }
}

/** A new column of which the application of before knows nothing, and which cannot be without a value. */
function hasToBeWritten(column: Node): boolean {
  const kinds = ((column['constraints'] ?? []) as readonly Node[]).map(
    ({ Constraint }) => Constraint?.contype as string,
  )
  const filled = ['CONSTR_DEFAULT', 'CONSTR_IDENTITY', 'CONSTR_GENERATED'].some((kind) =>
    kinds.includes(kind),
  )
  return !filled && (kinds.includes('CONSTR_NOTNULL') || kinds.includes('CONSTR_PRIMARY'))
}

/** By the letters of parsenodes.h: a constraint, NOT NULL, or a default that is dropped. */
function isNarrowedDomain(node: Node): boolean {
  return ['C', 'O'].includes(node['subtype']) || (node['subtype'] === 'T' && node['def'] === undefined)
}

function isStricter(change: Node): boolean {
  return (
    (change['alterEnforceability'] === true && change['is_enforced'] === true) ||
    (change['alterDeferrability'] === true && change['deferrable'] !== true) ||
    (change['alterInheritability'] === true && change['noinherit'] !== true)
  )
}

/** The columns of a constraint where it names them; the table where it has an expression. */
function constrained(table: TablePart, constraint: Node): readonly TablePart[] {
  if (refusesNothing(constraint)) return []
  const names = [...(constraint['keys'] ?? []), ...(constraint['fk_attrs'] ?? [])] as readonly Node[]
  if (names.length === 0) return [table]
  return names.map(({ String: name }) => ({ ...table, column: String(name?.sval) }))
}

/** It is not enforced, or a unique index that is there already refuses the same. */
function refusesNothing({ contype, indexname, is_enforced: isEnforced }: Node): boolean {
  if (contype === 'CONSTR_UNIQUE') return indexname !== undefined
  return ['CONSTR_CHECK', 'CONSTR_FOREIGN'].includes(contype) && isEnforced !== true
}

function indexed(node: Node): readonly TablePart[] {
  const table = partOf(node['relation'])
  return ((node['indexParams'] ?? []) as readonly Node[]).map(({ IndexElem: element }) =>
    element?.name === undefined ? table : { ...table, column: String(element.name) },
  )
}

function dropped(node: Node): readonly (TablePart | 'any')[] {
  if (takesAlong(node)) return ['any']
  if (droppedUnnoticed.has(node['removeType'])) return []
  // A policy is named behind its table.
  const behind = ['OBJECT_TABLE', 'OBJECT_POLICY'].indexOf(node['removeType'])
  if (behind < 0) return ['any']
  return ((node['objects'] ?? []) as readonly Node[]).map(({ List }) => {
    const names = ((List?.items ?? []) as readonly Node[]).map(({ String: name }) => String(name?.sval))
    const [relname, schemaname] = names.toReversed().slice(behind)
    return partOf({ relname, schemaname })
  })
}

function renamed(node: Node): readonly (TablePart | 'any')[] {
  if (renamedUnnoticed.has(node['renameType'])) return []
  if (node['renameType'] === 'OBJECT_TABLE') return [partOf(node['relation'])]
  if (node['renameType'] !== 'OBJECT_COLUMN') return ['any']
  return [{ ...partOf(node['relation']), column: String(node['subname']) }]
}
