import type { Recast } from '../../trace/recast.ts'
import type { Rule } from '../rule.ts'
import { isScaled } from '../scaled.ts'

export const otherValues: Rule = {
  name: 'other-values',
  classes: ['breaks-old-code'],
  level: 'warning',
  title: 'a name by which other values are read',
  problem:
    'The application of before reads a column by its name, and gets numbers of another unit, or the values of another column that has the name now. Nothing fails: it goes on with what is wrong, and writes it.',
  instead:
    'Give what means something else a name of its own, and keep the two in step until no release uses the old one: op.expandColumn and op.contractColumn. Fill a column before it takes the name of another.',
  ignore: 'No release that runs reads it.',
  find({ recast, replaced }) {
    const ofUnit = recast.flatMap(({ relation, was, is, pairs }) => {
      const pair = isNumber(was.type) ? otherValue(is.type, pairs) : undefined
      return pair === undefined
        ? []
        : [
            {
              message: `What the application of before reads of ${relation}.${is.name} is another ${isNumber(is.type) ? 'number' : 'value'}: ${pair[0]} is ${pair[1]} now.`,
              evidence: [isScaled(pairs) ? 'all values are multiplied' : 'read before and after'],
              relations: [relation],
            },
          ]
    })
    const ofOthers = replaced
      .filter(
        ({ differing, of, values, isOfOtherSort }) =>
          differing > 0 && (values < 2 || (isOfOtherSort && differing === of)),
      )
      .map(({ relation, column, old, differing, of, values }) => ({
        message: `${relation}.${column} is another column now, and the values that were read by the name are in ${old}.`,
        evidence: [
          `in ${differing} of ${of} rows the two differ, and the new one has ${values < 2 ? 'the same everywhere' : 'values of another sort'}`,
        ],
        relations: [relation],
      }))
    return [...ofUnit, ...ofOthers]
  },
  examples: [
    {
      given: 'CREATE TABLE logins (id text PRIMARY KEY, name text)',
      sql: 'ALTER TABLE logins RENAME id TO code; ALTER TABLE logins DROP CONSTRAINT logins_pkey, ADD COLUMN id uuid DEFAULT gen_random_uuid() PRIMARY KEY',
      finds: true,
    },
    {
      given: 'CREATE TABLE logins (id text PRIMARY KEY, number integer NOT NULL)',
      sql: 'ALTER TABLE logins ADD COLUMN digits text; UPDATE logins SET digits = number; ALTER TABLE logins RENAME number TO old; ALTER TABLE logins RENAME digits TO number',
      finds: false,
    },
    {
      given:
        'CREATE TABLE items (id bigint PRIMARY KEY, price numeric(10,2)); INSERT INTO items VALUES (1, 9.90), (2, 12)',
      sql: 'ALTER TABLE items ALTER price TYPE integer USING (price * 100)::integer',
      finds: true,
    },
    {
      given:
        'CREATE TABLE items (id bigint PRIMARY KEY, price numeric(10,2)); INSERT INTO items VALUES (1, 9.90), (2, 12)',
      sql: 'ALTER TABLE items ALTER price TYPE integer USING round(price)::integer',
      finds: false,
    },
    {
      given: 'CREATE TABLE tasks (id bigint PRIMARY KEY, priority integer NOT NULL)',
      sql: "ALTER TABLE tasks ALTER priority TYPE text USING CASE priority WHEN 1 THEN 'high' ELSE 'low' END",
      finds: true,
    },
    {
      given: 'CREATE TABLE tasks (id bigint PRIMARY KEY, priority integer NOT NULL)',
      sql: 'ALTER TABLE tasks ALTER priority TYPE text',
      finds: false,
    },
    {
      given: 'CREATE TABLE items (id bigint PRIMARY KEY, n integer); INSERT INTO items VALUES (1, 1), (2, 2)',
      sql: 'ALTER TABLE items ADD COLUMN m bigint; ALTER TABLE items RENAME n TO old; ALTER TABLE items RENAME m TO n',
      finds: true,
    },
    {
      given: 'CREATE TABLE items (id bigint PRIMARY KEY, n integer); INSERT INTO items VALUES (1, 1), (2, 2)',
      sql: 'ALTER TABLE items ADD COLUMN m bigint; UPDATE items SET m = n; ALTER TABLE items RENAME n TO old; ALTER TABLE items RENAME m TO n',
      finds: false,
    },
  ],
}

function isNumber(type: string): boolean {
  return /^(?:smallint|integer|bigint|numeric|real|double precision)/.test(type) && !type.endsWith('[]')
}

/** A number that is no longer what it was, and was not rounded; or that is a word now. */
function otherValue(type: string, pairs: Recast['pairs']): Recast['pairs'][number] | undefined {
  const isText = /^(?:text|character)/.test(type) && !type.endsWith('[]')
  if (!isText && !isNumber(type)) return undefined
  return pairs.find(([was, is]) => {
    const far = Math.abs(Number(was) - Number(is))
    return far >= 1 || (isText && Number.isNaN(far))
  })
}
