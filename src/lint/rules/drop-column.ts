import { lossOfType } from '../../operations/type-loss.ts'
import { type PicturedColumn, type PicturedRelation, relationName } from '../../trace/picture.ts'
import { listed } from '../blocks.ts'
import { fillsNulls, type KeptIn, keptIn, mapsValue } from '../copied-columns.ts'
import { before } from '../moved-rows.ts'
import type { Rule } from '../rule.ts'
import { shortType } from '../short-type.ts'

export const dropColumn: Rule = {
  name: 'drop-column',
  classes: ['data-loss'],
  level: 'warning',
  title: 'a column is dropped with its values',
  problem:
    'The values are gone once it has committed, and the indexes that have the column too. A generated column has none of its own. What was put together of several columns before does not say any more what each was.',
  instead: 'Stop using it first; drop it when no release reads or writes it any more.',
  ignore: 'The values are not needed by anybody.',
  find(observation, { changes, all }) {
    const earlier = before(observation, all).flatMap(({ statement }) => statement.parsed.said())
    // What a column had before is not what the other one has.
    const hadOthers = (name: KeptIn, { oid }: PicturedRelation) =>
      all[0]?.before.get(oid)?.columns.some((column) => column.name === name) === true
    const isCopied = (column: PicturedColumn, relation: PicturedRelation) =>
      earlier.some((tree) =>
        keptIn(tree, column.name, relation.name).some(
          (name) =>
            holds(relation, name, column) &&
            !(name !== null && fillsNulls(tree, name) && hadOthers(name, relation)),
        ),
      ) || earlier.filter((tree) => mapsValue(tree, column.name)).length > 1
    const columns = changes.columns
      .filter(
        ({ relation, was, is }) =>
          is === null &&
          was !== null &&
          !was.isGenerated &&
          !isCopied(was, relation) &&
          ['r', 'p'].includes(relation.kind),
      )
      .map(({ relation, was }) => ({
        table: relationName(relation),
        name: `${relationName(relation)}.${was?.name}`,
      }))
    return columns.length === 0
      ? []
      : [
          {
            message: `All values of ${listed(columns.map(({ name }) => name))} are lost.`,
            evidence: columns.map(({ name }) => `${name} is gone`),
            relations: columns.map(({ table }) => table),
          },
        ]
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users DROP COLUMN age',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users ADD COLUMN years integer; DO $$ BEGIN UPDATE users SET years = age; END $$; ALTER TABLE users DROP COLUMN age',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: "ALTER TABLE users ADD COLUMN years integer; DO $$ BEGIN EXECUTE 'UPDATE users SET years = age'; END $$; ALTER TABLE users DROP COLUMN age",
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users RENAME age TO years',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users ADD COLUMN n integer; ALTER TABLE users DROP COLUMN n',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users ADD COLUMN years bigint; UPDATE users SET years = age; ALTER TABLE users DROP COLUMN age',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, phone text, mobile text)',
      sql: 'UPDATE users SET mobile = phone WHERE mobile IS NULL; ALTER TABLE users DROP COLUMN phone',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, phone text)',
      sql: 'ALTER TABLE users ADD COLUMN mobile text; UPDATE users SET mobile = phone WHERE mobile IS NULL; ALTER TABLE users DROP COLUMN phone',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, first text, last text)',
      sql: "ALTER TABLE users ADD COLUMN name text; UPDATE users SET name = first || ' ' || last; ALTER TABLE users DROP COLUMN first, DROP COLUMN last",
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, born timestamptz)',
      sql: 'ALTER TABLE users ADD COLUMN born_on date; UPDATE users SET born_on = born; ALTER TABLE users DROP COLUMN born',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, role text)',
      sql: "ALTER TABLE users ADD COLUMN level integer; UPDATE users SET level = 1 WHERE role = 'member'; UPDATE users SET level = 2 WHERE role = 'admin'; ALTER TABLE users DROP COLUMN role",
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, bio text)',
      sql: 'CREATE TABLE profiles AS SELECT id, bio FROM users; ALTER TABLE users DROP COLUMN bio',
      finds: false,
    },
    {
      given: "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE users (id bigint PRIMARY KEY, mood mood)",
      sql: 'DROP TYPE mood CASCADE',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, twice bigint GENERATED ALWAYS AS (id * 2) STORED)',
      sql: 'ALTER TABLE users DROP COLUMN twice',
      finds: false,
    },
  ],
}

/** Whether the column that got the values is of a type that does not lose anything of them. */
function holds({ columns }: PicturedRelation, kept: KeptIn, { name, type }: PicturedColumn): boolean {
  const into = columns.find((column) => column.name === kept)
  if (into === undefined) return true
  return lossOfType('', { name, type: shortType(into.type), was: { type: shortType(type) } }).length === 0
}
