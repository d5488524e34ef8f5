import type { Tuple } from './passing.ts'
import type { SampleType } from './sample-type.ts'

/** A table that takes rows, with all that is needed to say its n-th: plain data, of which nothing is asked any more. */
export type SampleTable = {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly columns: readonly SampleColumn[]
  /** How many rows it is filled with: from this number on, rows of `sampleRow` are new ones. */
  readonly rows: number
  /** Why it can have none. */
  readonly reason: string | null
  /** Where its rows go: itself, or each partition that takes some in turn. */
  readonly places: readonly Place[]
  /** Partitions that can have none, and why. */
  readonly empty: readonly { readonly schema: string; readonly name: string; readonly reason: string }[]
  readonly foreignKeys: readonly SampleForeignKey[]
  /** Whether INSERT may say ON CONFLICT DO NOTHING: not where a rule rewrites it, or a unique constraint is deferrable. */
  readonly takesOnConflict: boolean
  /** Whether triggers of the user's fire where rows are inserted, in it or a partition. */
  readonly hasTriggers: boolean
  readonly loudTriggers: readonly LoudTrigger[]
}

export type LoudTrigger = {
  readonly schema: string
  readonly table: string
  readonly name: string
  readonly enabled: 'ALWAYS' | 'REPLICA'
}

export type SampleColumn = {
  readonly name: string
  readonly type: SampleType
  readonly isNullable: boolean
  readonly isGenerated: boolean
  readonly isIdentityAlways: boolean
  /** What its default takes its numbers of, as it stands in SQL. */
  readonly sequences: readonly string[]
}

export type SampleForeignKey = {
  readonly name: string
  readonly columns: readonly string[]
  readonly target: { readonly schema: string; readonly name: string }
  readonly targetColumns: readonly string[]
  readonly isFull: boolean
}

/** An ordinary table, or a partition. */
export type Place = { readonly schema: string; readonly name: string; readonly units: readonly Unit[] }

/** Columns whose values are chosen together, since a constraint is on all of them; most often one. */
export type Unit = {
  readonly columns: readonly SampleColumn[]
  /** What there is to choose from. */
  readonly tuples: readonly Tuple[]
  /** Whether its one column may have anything of its type, so that what is unique has keys of the type. */
  readonly isFree: boolean
  /** Which of its columns are NULL in some rows. */
  readonly nullable: readonly string[]
  /** How it goes on from row to row where it is part of what is unique; null where it may repeat. */
  readonly digit: Digit | null
  /** Whether it refers to the table itself: a row then refers to itself or one before it. */
  readonly refersToSelf: boolean
}

/** The row's number as a digit of a mixed base: `floor(n / divisor) % modulus`. Without a modulus it is the greatest digit, which has no end. */
export type Digit = { readonly divisor: number; readonly modulus: number | null }
