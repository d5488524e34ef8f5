import { clauses } from '../sql/clauses.ts'
import { quoteIdentifier } from '../sql/identifier.ts'

/** Whether a value may be given by hand too. */
export type IdentityGeneration = 'always' | 'by default'

/**
 * The sequence behind an identity column. What is left out is as PostgreSQL has it for the column's type.
 * https://www.postgresql.org/docs/current/sql-createsequence.html
 */
export type IdentityOptions = {
  readonly start?: number | bigint
  readonly increment?: number | bigint
  readonly minValue?: number | bigint
  readonly maxValue?: number | bigint
  readonly cache?: number | bigint
  readonly cycle?: boolean
}

/** GENERATED … AS IDENTITY. */
export type Identity =
  | IdentityGeneration
  | (IdentityOptions & {
      readonly generated: IdentityGeneration
      /** The sequence's name; it is in the table's schema. PostgreSQL's is `table_column_seq`. */
      readonly sequence?: string
    })

/** A change of an identity; what is not named stays as it is. */
export type IdentityChange = Omit<IdentityOptions, 'minValue' | 'maxValue'> & {
  readonly generated?: IdentityGeneration
  /** null: the limit of the sequence's type. */
  readonly minValue?: number | bigint | null
  readonly maxValue?: number | bigint | null
  /** The next value; `true` for the start value. */
  readonly restart?: number | bigint | true
}

/** `GENERATED ALWAYS AS IDENTITY (START WITH 10)`, as it stands in a column's definition and follows ADD. */
export function identityClause(identity: Identity): string {
  const { generated, sequence, ...rest } =
    typeof identity === 'string' ? { generated: identity, sequence: undefined } : identity
  const name = sequence === undefined ? [] : [`SEQUENCE NAME ${quoteIdentifier(sequence)}`]
  const options = [...name, ...sequenceOptions(rest)]
  return clauses(
    `GENERATED ${generated.toUpperCase()} AS IDENTITY`,
    options.length > 0 && `(${options.join(' ')})`,
  )
}

/** `SET GENERATED ALWAYS SET INCREMENT BY 5 RESTART`, as it follows ALTER COLUMN. */
export function identityChanges({ generated, restart, ...options }: IdentityChange): string {
  return clauses(
    generated !== undefined && `SET GENERATED ${generated.toUpperCase()}`,
    ...sequenceOptions(options).map((option) => `SET ${option}`),
    restart !== undefined && (restart === true ? 'RESTART' : `RESTART WITH ${restart}`),
  )
}

function sequenceOptions(options: IdentityChange): readonly string[] {
  const { start, increment, minValue, maxValue, cache, cycle } = options
  return [
    start !== undefined && `START WITH ${start}`,
    increment !== undefined && `INCREMENT BY ${increment}`,
    minValue !== undefined && (minValue === null ? 'NO MINVALUE' : `MINVALUE ${minValue}`),
    maxValue !== undefined && (maxValue === null ? 'NO MAXVALUE' : `MAXVALUE ${maxValue}`),
    cache !== undefined && `CACHE ${cache}`,
    cycle !== undefined && (cycle ? 'CYCLE' : 'NO CYCLE'),
  ].filter((option) => option !== false)
}
