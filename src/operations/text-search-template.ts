import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { cascadeClause, cascadeLoss, inverseOfDrop } from './cascade.ts'
import { type ObjectName, objectName } from './object-name.ts'
import { type Operation, operation, statement } from './operation.ts'
import { inSchema } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

/** Functions that can only be written in C. */
export type TextSearchTemplate = {
  /** Left out where its dictionaries take no options. */
  readonly init?: ObjectName
  readonly lexize: ObjectName
}

export type CreateTextSearchTemplate = Named & TextSearchTemplate
export type DropTextSearchTemplate = Named & {
  /** Drops what uses the template too: dictionaries, and the mappings to them. */
  readonly cascade?: boolean
  /** What the template was, so that it can be made again. */
  readonly was?: TextSearchTemplate
}

/**
 * Creates a text search template, from which dictionaries are made. For superusers.
 * https://www.postgresql.org/docs/current/sql-createtstemplate.html
 */
export const createTextSearchTemplate: Operation<'createTextSearchTemplate', CreateTextSearchTemplate> =
  operation('createTextSearchTemplate', {
    title: (fields) => `create text search template ${fields.name}`,
    steps(fields) {
      const init = fields.init === undefined ? '' : `INIT = ${objectName(fields.init)}, `
      return [statement(`CREATE ${template(fields)} (${init}LEXIZE = ${objectName(fields.lexize)})`)]
    },
    inverse: ({ schema, name, ...was }) => [dropTextSearchTemplate({ ...inSchema({ schema }), name, was })],
    locks: () => [],
    examples: [
      {
        given: 'CREATE SCHEMA "My App"',
        fields: {
          schema: 'My App',
          name: 'My template',
          init: { schema: 'pg_catalog', name: 'dsimple_init' },
          lexize: 'dsimple_lexize',
        },
      },
      { fields: { name: 'plain', lexize: 'dsimple_lexize' } },
    ],
  })

/**
 * Drops a text search template; refused by PostgreSQL while a dictionary uses it, unless `cascade` takes that along.
 * https://www.postgresql.org/docs/current/sql-droptstemplate.html
 */
export const dropTextSearchTemplate: Operation<'dropTextSearchTemplate', DropTextSearchTemplate> = operation(
  'dropTextSearchTemplate',
  {
    title: (fields) => `drop text search template ${fields.name}`,
    steps: (fields) => [statement(clauses(`DROP ${template(fields)}`, cascadeClause(fields)))],
    inverse: ({ was, cascade, ...named }) =>
      inverseOfDrop(
        { was, cascade },
        { what: `the text search template ${named.name}`, operation: 'dropTextSearchTemplate' },
        (before) => [createTextSearchTemplate({ ...named, ...before })],
      ),
    loses: (fields) => cascadeLoss(fields, `the text search template ${fields.name}`),
    phase: () => 'contract',
    locks: () => [],
    examples: [
      {
        given: 'CREATE TEXT SEARCH TEMPLATE plain (INIT = dsimple_init, LEXIZE = dsimple_lexize)',
        fields: { name: 'plain', was: { init: 'dsimple_init', lexize: 'dsimple_lexize' } },
      },
      {
        given: `CREATE SCHEMA "My App"; CREATE TEXT SEARCH TEMPLATE "My App"."My template" (LEXIZE = dsimple_lexize, INIT = dsimple_init);
          CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = "My App"."My template")`,
        fields: { schema: 'My App', name: 'My template', cascade: true },
      },
    ],
  },
)

function template(named: Named): string {
  return `TEXT SEARCH TEMPLATE ${qualifiedName(named)}`
}
