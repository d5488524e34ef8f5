import { newerForms } from '../newer-syntax.ts'
import type { Rule } from '../rule.ts'

export const newerVersion: Rule = {
  name: 'newer-version',
  classes: ['fails-always'],
  level: 'error',
  title: 'a form that the version does not have',
  problem: 'PostgreSQL of the version that it is for refuses it, mostly as a syntax error (42601, 42809).',
  instead: 'Write the older form, or name the version that it is for: --pg-version.',
  ignore: 'It runs on newer servers only.',
  find({ statement: { parsed }, before }, { major }) {
    return newerForms(parsed.tree, before)
      .filter(({ since }) => since > major)
      .map(({ what, since }) => ({
        message: `${what} needs PostgreSQL ${since}, and it is for ${major}.`,
        evidence: [`since PostgreSQL ${since}`],
      }))
  },
  examples: [
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: 'CREATE UNIQUE INDEX ON users (name) NULLS NOT DISTINCT',
      major: 14,
      finds: true,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: 'CREATE UNIQUE INDEX ON users (name) NULLS NOT DISTINCT',
      major: 15,
      finds: false,
    },
    {
      given: 'CREATE TABLE users (id bigint PRIMARY KEY, name text)',
      sql: 'ALTER TABLE users ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID',
      major: 13,
      finds: false,
    },
  ],
}
