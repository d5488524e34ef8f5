import { lossOfType } from '../../operations/type-loss.ts'
import { type PicturedColumn, relationName } from '../../trace/picture.ts'
import type { Recast } from '../../trace/recast.ts'
import type { Finding, Rule } from '../rule.ts'
import { isScaled } from '../scaled.ts'
import { shortType } from '../short-type.ts'

export const lossyType: Rule = {
  name: 'lossy-type',
  classes: ['data-loss'],
  level: 'warning',
  title: 'a type that holds less',
  problem:
    'PostgreSQL rounds a fraction and drops a time of day where it makes values of the new type, without a word; and what USING makes of a value may be a part of it.',
  instead: 'Keep the old column until nobody needs what it holds more: op.expandColumn.',
  ignore: 'What is dropped is not needed by anybody.',
  find({ recast }, { changes }) {
    const ofTypes = changes.columns.flatMap(({ relation, was, is }) => {
      if (was === null || is === null || was.type === is.type || !['r', 'p'].includes(relation.kind))
        return []
      const made = recast.find((one) => one.oid === relation.oid && one.is.number === is.number)
      // Each still says what it was.
      if (made !== undefined && (isScaled(made.pairs) || isKept(made.pairs))) return []
      const table = relationName(relation)
      const change = { name: is.name, type: shortType(is.type), was: { type: shortType(was.type) } }
      return lossOfType(table, change).map((what) => finding(what, { table, was, is }))
    })
    const ofValues = recast
      .filter(
        ({ was, is, pairs }) =>
          isText(is.type) &&
          (pairs.some(([before, after]) => isCut(before, after)) || (!isText(was.type) && isMerged(pairs))),
      )
      .map(({ relation: table, was, is }) => finding(`a part of ${table}.${is.name}`, { table, was, is }))
    return [...ofTypes, ...ofValues]
  },
  examples: [
    {
      given: 'CREATE TABLE tasks (id bigint PRIMARY KEY, priority integer NOT NULL)',
      sql: "ALTER TABLE tasks ALTER priority TYPE text USING CASE WHEN priority < 10 THEN 'high' ELSE 'low' END",
      finds: true,
    },
    {
      given: 'CREATE TABLE tasks (id bigint PRIMARY KEY, priority integer NOT NULL)',
      sql: 'ALTER TABLE tasks ALTER priority TYPE text',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, born timestamptz)',
      sql: 'ALTER TABLE users ALTER born TYPE date',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, born date)',
      sql: 'ALTER TABLE users ALTER born TYPE timestamptz',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, note varchar(200))',
      sql: 'ALTER TABLE users ALTER note TYPE varchar(60) USING left(note, 60)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, price numeric(10, 2))',
      sql: 'ALTER TABLE users ALTER price TYPE bigint USING (price * 100)::bigint',
      finds: false,
    },
    {
      given:
        'CREATE TABLE items (id bigint PRIMARY KEY, price double precision); INSERT INTO items VALUES (1, 9.95), (2, 12)',
      sql: 'ALTER TABLE items ALTER price TYPE numeric(10, 2)',
      finds: false,
    },
    {
      given:
        'CREATE TABLE items (id bigint PRIMARY KEY, price double precision); INSERT INTO items VALUES (1, 9.955), (2, 12)',
      sql: 'ALTER TABLE items ALTER price TYPE numeric(10, 2)',
      finds: true,
    },
    {
      given: 'CREATE TABLE items (id bigint PRIMARY KEY, price double precision)',
      sql: 'ALTER TABLE items ALTER price TYPE numeric(10, 2)',
      finds: false,
    },
    {
      given: 'CREATE TABLE sessions (id bigint PRIMARY KEY, expires_at timestamptz NOT NULL)',
      sql: 'ALTER TABLE sessions ALTER expires_at TYPE timestamptz(0)',
      finds: true,
    },
    {
      given: 'CREATE TABLE items (id bigint PRIMARY KEY, price double precision)',
      sql: 'ALTER TABLE items ALTER price TYPE integer',
      finds: true,
    },
  ],
}

function finding(
  what: string,
  { table, was, is }: { readonly table: string; readonly was: PicturedColumn; readonly is: PicturedColumn },
): Finding {
  return {
    message: `It loses ${what}.`,
    evidence: [`${was.type} becomes ${is.type}`],
    relations: [table],
  }
}

/** Whether all are the same numbers, however many of the places behind the point are written. Times that samples have are whole seconds, and say nothing. */
function isKept(pairs: Recast['pairs']): boolean {
  return pairs.length > 0 && pairs.every(([before, after]) => isSameNumber(before, after))
}

function isSameNumber(one: string, other: string): boolean {
  const plain = /^-?\d+(?:\.\d+)?$/
  const shortest = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  return plain.test(one) && plain.test(other) && shortest(one) === shortest(other)
}

function isText(type: string): boolean {
  return /^(?:text|character)/.test(type) && !type.endsWith('[]')
}

/** Two of which one word is made cannot be told apart any more. */
function isMerged(pairs: Recast['pairs']): boolean {
  return new Set(pairs.map(([, after]) => after)).size < new Set(pairs.map(([before]) => before)).size
}

/** Blanks around it are no part. */
function isCut(before: string, after: string): boolean {
  return before.trim().length > after.trim().length && before.includes(after)
}
