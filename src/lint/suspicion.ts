import type { Node, ParsedStatement } from '../sql/statements.ts'
import { addedColumns, addedConstraints, alterCommands, columnConstraints } from './tree.ts'

/**
 * Whether a statement may close something for long or fail: what is not, needs not be run before it is believed. By its tree alone, and on the safe
 * side: what a function does is not known, and what a type is only where it is PostgreSQL's own.
 */
export function isSuspicious({ tree, transaction }: ParsedStatement): boolean {
  const { kind, node } = tree
  if (harmless.has(kind)) return false
  if (kind === 'SelectStmt') return node['lockingClause'] !== undefined || calls(node)
  // Rows of its own are few; those that it reads may be many.
  if (kind === 'InsertStmt') return node['selectStmt']?.SelectStmt?.fromClause !== undefined || calls(node)
  if (kind === 'IndexStmt') return node['concurrent'] !== true || node['if_not_exists'] === true
  if (kind === 'AlterTableStmt')
    return alterCommands(tree).some((command) => !brief.has(command['subtype'])) || addsWork(tree)
  if (kind === 'CreateStmt') return node['partbound'] !== undefined
  return transaction !== 'none' || kind === 'VacuumStmt'
}

const harmless = new Set([
  'CreateSchemaStmt',
  'ViewStmt',
  'CreateFunctionStmt',
  'CreateTrigStmt',
  'CommentStmt',
  'GrantStmt',
  'CreateEnumStmt',
  'AlterEnumStmt',
  'CreateDomainStmt',
  'CompositeTypeStmt',
  'CreateSeqStmt',
  'AlterSeqStmt',
  'CreateExtensionStmt',
  'CreateRoleStmt',
  'GrantRoleStmt',
  'VariableSetStmt',
  'CreatePolicyStmt',
  'RuleStmt',
  'CreateStatsStmt',
  'AlterOwnerStmt',
  'AlterDefaultPrivilegesStmt',
  'DefineStmt',
  'TransactionStmt',
  'CopyStmt',
  'DropStmt',
  'RenameStmt',
  'AlterObjectSchemaStmt',
])

/** Forms of ALTER TABLE that change the catalog alone. */
const brief = new Set([
  'AT_AddColumn',
  'AT_AddConstraint',
  'AT_DropColumn',
  'AT_DropConstraint',
  'AT_DropNotNull',
  'AT_ColumnDefault',
  'AT_SetStatistics',
  'AT_SetOptions',
  'AT_ResetOptions',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
  'AT_SetStorage',
  'AT_ChangeOwner',
  'AT_EnableTrig',
  'AT_DisableTrig',
  'AT_ReplicaIdentity',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_DropIdentity',
  'AT_SetCompression',
])

function addsWork(tree: ParsedStatement['tree']): boolean {
  const constraints = addedConstraints(tree).some(
    ({ skip_validation: isNotValid, indexname }) => isNotValid !== true && indexname === undefined,
  )
  const columns = addedColumns(tree).some((column) =>
    columnConstraints(column).some(({ contype, raw_expr: expression }) => {
      if (contype === 'CONSTR_NULL' || contype === 'CONSTR_NOTNULL') return contype === 'CONSTR_NOTNULL'
      return contype !== 'CONSTR_DEFAULT' || expression?.A_Const === undefined
    }),
  )
  return constraints || columns || addedColumns(tree).some(({ typeName: type }) => !isPlain(type))
}

/** Types that are what they are called: serial makes a default, and a domain may have a check. */
function isPlain(type: Node | undefined): boolean {
  const names = (type?.['names'] ?? []).map((name: Node) => name['String']?.sval)
  return names[0] === 'pg_catalog' || plain.has(names.join('.'))
}

const plain = new Set([
  'text',
  'uuid',
  'json',
  'jsonb',
  'bytea',
  'date',
  'timestamptz',
  'timestamp',
  'inet',
  'cidr',
])

/** Functions that only set something. */
const setting = new Set(['set_config', 'setval', 'nextval', 'now', 'gen_random_uuid'])

function calls(node: Node): boolean {
  return Object.entries(node).some(([name, value]) => {
    if (name === 'FuncCall' && !setting.has(value?.funcname?.at(-1)?.String?.sval)) return true
    return typeof value === 'object' && value !== null && calls(value as Node)
  })
}
