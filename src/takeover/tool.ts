import type { Row } from '../connection/connection.ts'
import { LimbeckError } from '../error.ts'

/** What a tool has applied to a database, as revisions. */
export type ForeignState = {
  readonly ids: readonly string[]
  /** The tool tells only the last ones: all that comes before them is applied too. */
  readonly upTo: boolean
}

/** What a tool's rows are compared with where they do not name a revision by themselves. */
export type KnownRevision = { readonly id: string; readonly createDate: string | null }

/** Another migration tool, by the table in which it keeps what it has applied. Pure: SQL out, rows in. */
export type ForeignTool = {
  /** As it is typed: `stamp --from NAME`. */
  readonly name: string
  readonly title: string
  /** The name of its table, unless it was told another. */
  readonly tableName: string
  /** What it makes for itself, as `autogenerate.exclude` names objects, where that is more than its table and what is called after it. */
  readonly objects?: readonly string[]
  /** Columns by which a table of that name is known to be its. */
  readonly columns: readonly string[]
  /** Its table has no further columns, unless the project has given it some. */
  readonly hasNoOthers?: true
  /** The statement that reads the table, whose name comes quoted; what it gives is text and booleans, the oldest first. */
  read(table: string): string
  /** What the rows say. Throws where the tool itself would go no further. */
  state(rows: readonly Row[], known: readonly KnownRevision[]): ForeignState
}

/** A tool has begun a migration that failed, or that it is still at. */
export class ForeignRunUnfinished extends LimbeckError {
  readonly code = 'FOREIGN_RUN_UNFINISHED'
  readonly tool: string
  readonly version: string

  constructor(facts: { readonly tool: string; readonly version: string; readonly remedy: string }) {
    super(`${facts.tool} has begun ${facts.version} and has not come to its end.`, {
      hint: `Bring the database in order with ${facts.tool} first: ${facts.remedy}. Nothing has been changed.`,
    })
    this.tool = facts.tool
    this.version = facts.version
  }
}

/** A column of all rows, as text. */
export function texts(rows: readonly Row[], column: string): readonly string[] {
  return rows.map((row) => String(row[column]))
}
