// The tree of PostgreSQL's parser, as in statements.ts.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Node = Record<string, any>

/**
 * What a statement is about: `schema` says what there is, in a way that a snapshot of the catalogs shows; `rows` writes rows and
 * leaves the schema as it is; `other` may do anything: a DO block, a query that calls functions, a setting, what is of the whole server.
 */
export type StatementContent = 'schema' | 'rows' | 'other'

const ofSchema = new Set([
  ...[
    'CreateSchemaStmt',
    'CreateStmt',
    'AlterTableStmt',
    'IndexStmt',
    'ViewStmt',
    'CreateStatsStmt',
    'AlterStatsStmt',
  ],
  ...['CreateTrigStmt', 'RuleStmt', 'CreatePolicyStmt', 'AlterPolicyStmt', 'CreateSeqStmt', 'CommentStmt'],
  ...['CreateFunctionStmt', 'AlterFunctionStmt', 'DefineStmt', 'CreatePLangStmt', 'CreateAmStmt'],
  ...[
    'CreateEnumStmt',
    'AlterEnumStmt',
    'CreateDomainStmt',
    'AlterDomainStmt',
    'CompositeTypeStmt',
    'CreateRangeStmt',
  ],
  ...['AlterTypeStmt', 'CreateCastStmt', 'CreateConversionStmt', 'CreateTransformStmt', 'AlterOperatorStmt'],
  ...[
    'CreateOpClassStmt',
    'CreateOpFamilyStmt',
    'AlterOpFamilyStmt',
    'AlterTSDictionaryStmt',
    'AlterTSConfigurationStmt',
  ],
  ...['CreateExtensionStmt', 'AlterExtensionContentsStmt', 'CreateEventTrigStmt', 'AlterEventTrigStmt'],
  ...[
    'CreateFdwStmt',
    'AlterFdwStmt',
    'CreateForeignServerStmt',
    'AlterForeignServerStmt',
    'CreateForeignTableStmt',
  ],
  ...['CreatePublicationStmt', 'AlterPublicationStmt', 'GrantStmt', 'AlterDefaultPrivilegesStmt'],
  ...['DropStmt', 'RenameStmt', 'AlterOwnerStmt', 'AlterObjectSchemaStmt', 'AlterObjectDependsStmt'],
])

const ofRows = new Set(['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'CopyStmt', 'TruncateStmt'])

/** By a statement's tree alone: what a function does within is not seen. */
export function statementContent(kind: string, node: Node): StatementContent {
  if (ofRows.has(kind)) return 'rows'
  // A materialized view has the rows of its query; a table that is made of one has rows of its own from then on.
  if (kind === 'CreateTableAsStmt')
    return node['objtype'] === 'OBJECT_MATVIEW' && node['into']?.skipData !== true ? 'schema' : 'other'
  if (!ofSchema.has(kind)) return 'other'
  const passes = (node['relation'] ?? node['sequence'] ?? node['view'])?.relpersistence === 't'
  return passes || isOfServer(node) ? 'other' : 'schema'
}

/** A comment on a database, a privilege on a tablespace: what no snapshot of one database has. */
function isOfServer(node: Node): boolean {
  const about = [node['objtype'], node['objectType'], node['renameType'], node['removeType']]
  return about.some((type) => serverWide.has(type))
}

const serverWide = new Set([
  'OBJECT_DATABASE',
  'OBJECT_ROLE',
  'OBJECT_TABLESPACE',
  'OBJECT_PARAMETER_ACL',
  'OBJECT_SUBSCRIPTION',
  'OBJECT_LARGEOBJECT',
])
