import { clauses } from '../sql/clauses.ts'
import { qualifiedName } from '../sql/identifier.ts'
import { quoteLiteral } from '../sql/literal.ts'
import { type Operation, operation, statement, unknownBefore } from './operation.ts'
import { type FunctionReference, functionName, inSchema } from './relation.ts'

type Named = { readonly schema?: string; readonly name: string }

export type ConversionDefinition = {
  /** The encoding of what is converted: `UTF8`. */
  readonly for: string
  readonly to: string
  readonly function: FunctionReference
  /** What PostgreSQL uses between client and server, where the schema is in the search_path. */
  readonly default?: boolean
}

export type CreateConversion = Named & ConversionDefinition
/** What the conversion was, so that it can be made again. */
export type DropConversion = Named & { readonly was?: ConversionDefinition }

/**
 * Creates a conversion between two encodings.
 * https://www.postgresql.org/docs/current/sql-createconversion.html
 */
export const createConversion: Operation<'createConversion', CreateConversion> = operation(
  'createConversion',
  {
    title: (fields) => `create conversion ${fields.name}`,
    steps: (fields) => [
      statement(
        clauses(
          'CREATE',
          fields.default === true && 'DEFAULT',
          `CONVERSION ${qualifiedName(fields)}`,
          `FOR ${quoteLiteral(fields.for)} TO ${quoteLiteral(fields.to)} FROM ${functionName(fields.function)}`,
        ),
      ),
    ],
    inverse: ({ schema, name, ...was }) => [dropConversion({ ...inSchema({ schema }), name, was })],
    locks: () => [],
    examples: [
      {
        fields: { name: 'latin', for: 'UTF8', to: 'LATIN1', function: { function: 'utf8_to_iso8859_1' } },
      },
      {
        given: 'CREATE SCHEMA app',
        fields: {
          schema: 'app',
          name: 'From Latin',
          for: 'LATIN1',
          to: 'UTF8',
          function: { schema: 'pg_catalog', function: 'iso8859_1_to_utf8' },
          default: true,
        },
      },
    ],
  },
)

/**
 * Drops a conversion.
 * https://www.postgresql.org/docs/current/sql-dropconversion.html
 */
export const dropConversion: Operation<'dropConversion', DropConversion> = operation('dropConversion', {
  title: (fields) => `drop conversion ${fields.name}`,
  steps: (fields) => [statement(`DROP CONVERSION ${qualifiedName(fields)}`)],
  inverse({ was, ...named }) {
    if (was === undefined) return unknownBefore(`the conversion ${named.name}`, 'dropConversion')
    return [createConversion({ ...named, ...was })]
  },
  phase: () => 'contract',
  locks: () => [],
  examples: [
    {
      given: "CREATE CONVERSION latin FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1",
      fields: {
        name: 'latin',
        was: { for: 'UTF8', to: 'LATIN1', function: { function: 'utf8_to_iso8859_1' } },
      },
    },
  ],
})
