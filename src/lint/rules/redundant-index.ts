import { relationName } from '../../trace/picture.ts'
import type { Rule } from '../rule.ts'

export const redundantIndex: Rule = {
  name: 'redundant-index',
  classes: ['advice'],
  level: 'advice',
  asksCatalog: true,
  title: 'an index that another one has in it',
  problem:
    'An index whose columns are the first ones of another serves nothing that the other does not, and costs every write.',
  instead: 'Leave it out.',
  ignore: 'The other one is much wider, and this one is read all the time.',
  find({ statement: { parsed }, before, after, old }) {
    if (parsed.tree.kind !== 'IndexStmt' || parsed.tree.node['unique'] === true) return []
    const made = [...after.values()].filter(({ oid, keys }) => !before.has(oid) && keys.length > 0)
    return made.flatMap((index) => {
      const wider = [...after.values()].find(
        ({ oid, table, keys }) =>
          oid !== index.oid &&
          table === index.table &&
          !index.keys.includes(0) &&
          index.keys.every((key, at) => keys[at] === key),
      )
      const table = after.get(index.table ?? 0)
      return wider === undefined || table === undefined
        ? []
        : [
            {
              message: `${relationName(wider)} begins with the columns of ${relationName(index)}.`,
              relations: old.has(table.oid) ? [relationName(table)] : [],
            },
          ]
    })
  },
  examples: [
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, org bigint, name text); CREATE INDEX ON users (org, name)',
      sql: 'CREATE INDEX ON users (org)',
      finds: true,
    },
    {
      given:
        'CREATE TABLE users (id bigint PRIMARY KEY, org bigint, name text); CREATE INDEX ON users (org, name)',
      sql: 'CREATE INDEX ON users (name)',
      finds: false,
    },
  ],
}
