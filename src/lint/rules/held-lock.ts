import { blockEvidence, blockMessage, listed } from '../blocks.ts'
import type { Rule } from '../rule.ts'

export const heldLock: Rule = {
  name: 'held-lock',
  classes: ['blocks-reads-long', 'blocks-writes-long'],
  level: 'error',
  title: 'work under a lock that an earlier statement holds',
  problem:
    'A lock is held until its transaction ends. What comes after it in the same transaction and takes long, an UPDATE of all rows, the validation of a constraint, an index, keeps everybody waiting for as long, on each table that is locked.',
  instead:
    'Commit between them: what locks in one transaction, what takes long in another. In a revision of Limbeck they are stages of their own.',
  ignore: 'The tables are small, or nobody uses them yet.',
  find(observation, { blocks }) {
    return blocks
      .filter(({ since }) => since.length > 0)
      .map((block) => ({
        class: block.class,
        message: blockMessage(block),
        evidence: [
          ...blockEvidence(block, observation),
          `held since ${listed(block.since.map(({ line, file }) => `${file}:${line}`))}`,
        ],
        relations: block.relations,
        work: block.work,
        recipe: 'Commit between them: what locks in one transaction, what takes long in another.',
      }))
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users ADD COLUMN adult boolean; UPDATE users SET adult = age > 17',
      finds: true,
    },
    {
      given:
        "CREATE TABLE users (id bigint PRIMARY KEY, state text NOT NULL CHECK (state IN ('new', 'active', 'former'))); CREATE INDEX ON users (state)",
      sql: "ALTER TABLE users ADD COLUMN since date; UPDATE users SET since = '2026-01-01' WHERE state = 'active'",
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'BEGIN; ALTER TABLE users ADD COLUMN adult boolean; COMMIT; BEGIN; UPDATE users SET adult = age > 17; COMMIT',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer); CREATE TABLE orgs (id bigint)',
      sql: 'ALTER TABLE users ADD COLUMN adult boolean; CREATE INDEX ON orgs (id)',
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer); CREATE TABLE orgs (id bigint)',
      sql: 'ALTER TABLE users ADD COLUMN adult boolean; ALTER TABLE orgs ADD COLUMN name text',
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, age integer)',
      sql: 'ALTER TABLE users ADD CONSTRAINT c CHECK (age > 0) NOT VALID; ALTER TABLE users VALIDATE CONSTRAINT c',
      finds: true,
    },
  ],
}
