import { blockEvidence, blockMessage } from '../blocks.ts'
import type { Rule } from '../rule.ts'

export const longLock: Rule = {
  name: 'long-lock',
  classes: ['blocks-reads-long', 'blocks-writes-long'],
  level: 'error',
  title: 'long work under a lock of its own',
  problem:
    'The statement was seen to work at all rows of a table while it holds a lock that others have to wait for. It is none of the forms that have a rule of their own: it may be within a function or a DO block.',
  instead: 'Take the work and the lock apart: each in a transaction of its own, the work in batches.',
  ignore: 'The tables are small, or nobody uses them yet.',
  find(observation, { blocks, found }) {
    return blocks
      .filter(
        ({ since, class: kind }) => since.length === 0 && !found.some((hazard) => hazard.class === kind),
      )
      .map((block) => ({
        class: block.class,
        message: blockMessage(block),
        evidence: blockEvidence(block, observation),
        relations: block.relations,
        work: block.work,
      }))
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'DO $$ BEGIN ALTER TABLE users ALTER age TYPE bigint; END $$',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'DO $$ BEGIN ALTER TABLE users ADD COLUMN x bigint; END $$',
      finds: false,
    },
    {
      given:
        "CREATE TABLE users (id bigint PRIMARY KEY, age integer); CREATE FUNCTION prepare() RETURNS void LANGUAGE plpgsql AS 'BEGIN CREATE INDEX ON users (age); END'",
      sql: 'SELECT prepare()',
      finds: true,
    },
    {
      given:
        "CREATE TABLE users (id bigint PRIMARY KEY, age integer); CREATE FUNCTION prepare() RETURNS void LANGUAGE plpgsql AS 'BEGIN PERFORM count(*) FROM users; END'",
      sql: 'SELECT prepare()',
      finds: false,
    },
  ],
}
