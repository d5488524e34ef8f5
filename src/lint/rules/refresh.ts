import { blockRule } from '../block-rule.ts'

export const refresh = blockRule({
  name: 'refresh',
  title: 'REFRESH MATERIALIZED VIEW without CONCURRENTLY',
  problem: 'It closes the view with ACCESS EXCLUSIVE until its query is done.',
  instead:
    'REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view (op.refreshMaterializedView).',
  ignore: 'The view is small, or nobody reads it then.',
  concerns: ({ kind }) => kind === 'RefreshMatViewStmt',
  examples: [
    {
      given: 'CREATE TABLE t (id bigint PRIMARY KEY); CREATE MATERIALIZED VIEW v AS SELECT id FROM t',
      sql: 'REFRESH MATERIALIZED VIEW v',
      finds: true,
    },
    {
      given:
        'CREATE TABLE t (id bigint PRIMARY KEY); CREATE MATERIALIZED VIEW v AS SELECT id FROM t; CREATE UNIQUE INDEX ON v (id)',
      sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY v',
      finds: false,
    },
    {
      given: 'CREATE TABLE t (id bigint PRIMARY KEY); CREATE MATERIALIZED VIEW v AS SELECT count(*) FROM t',
      sql: 'BEGIN; REFRESH MATERIALIZED VIEW v; COMMIT',
      finds: true,
    },
  ],
})
