import type { Node } from '../../sql/statements.ts'
import { find } from '../../trace/fixed-locks.ts'
import type { Picture } from '../../trace/picture.ts'
import type { Rule } from '../rule.ts'
import { addedColumns, addedConstraints, columnConstraints, tableName } from '../tree.ts'

export const unindexedForeignKey: Rule = {
  name: 'unindexed-foreign-key',
  classes: ['advice'],
  level: 'advice',
  asksCatalog: true,
  title: 'a foreign key that no index serves',
  problem:
    'For each row that is deleted from the other table, or gets another key there, PostgreSQL looks for those that refer to it: without an index it reads the whole table.',
  instead: 'Build an index that begins with these columns: op.createIndex.',
  ignore: 'No row of the other table is ever deleted.',
  find({ statement: { parsed } }, { all }) {
    const { tree } = parsed
    const relation = tree.node['relation']
    const end = all.at(-1)?.after ?? new Map()
    return foreignKeys(tree).flatMap((columns) =>
      isServed(end, relation, columns)
        ? []
        : [
            {
              message: `No index begins with ${columns.join(', ')} of ${tableName(relation)}.`,
              relations: [tableName(relation)],
              recipe: `op.createIndex({ name: '${relation?.['relname']}_${columns.join('_')}_idx', table: '${tableName(relation)}', columns: [${columns.map((name) => `'${name}'`).join(', ')}], concurrently: true })`,
            },
          ],
    )
  },
  examples: [
    {
      given:
        'CREATE TABLE orgs (id bigint PRIMARY KEY); CREATE TABLE users (id bigint PRIMARY KEY, org bigint)',
      sql: 'ALTER TABLE users ADD FOREIGN KEY (org) REFERENCES orgs NOT VALID',
      finds: true,
    },
    {
      given:
        'CREATE TABLE orgs (id bigint PRIMARY KEY); CREATE TABLE users (id bigint PRIMARY KEY, org bigint)',
      sql: 'CREATE INDEX ON users (org); ALTER TABLE users ADD FOREIGN KEY (org) REFERENCES orgs NOT VALID',
      finds: false,
    },
  ],
}

/** The columns of each foreign key that a statement makes. */
function foreignKeys(tree: Parameters<typeof addedConstraints>[0]): readonly (readonly string[])[] {
  const elements = tree.kind === 'CreateStmt' ? ((tree.node['tableElts'] ?? []) as readonly Node[]) : []
  const constraints = [
    ...addedConstraints(tree),
    ...elements.flatMap(({ Constraint }) => Constraint ?? []),
  ].filter(({ contype }) => contype === 'CONSTR_FOREIGN')
  const columns = [...addedColumns(tree), ...elements.flatMap(({ ColumnDef }) => ColumnDef ?? [])].filter(
    (column) => columnConstraints(column).some(({ contype }) => contype === 'CONSTR_FOREIGN'),
  )
  return [
    ...constraints.map(({ fk_attrs: names = [] }) =>
      names.map(({ String: name }: Node) => String(name.sval)),
    ),
    ...columns.map(({ colname }) => [String(colname)]),
  ]
}

function isServed(end: Picture, relation: Node | undefined, columns: readonly string[]): boolean {
  const table = find(end, relation)
  // It is gone again, or was never made.
  if (table === undefined) return true
  const wanted = columns.map((name) => table.columns.find((column) => column.name === name)?.number)
  return [...end.values()].some((index) => {
    const first = index.table === table.oid ? index.keys.slice(0, wanted.length) : []
    return wanted.every((number) => number !== undefined && first.includes(number))
  })
}
