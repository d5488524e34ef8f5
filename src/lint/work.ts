/** Something that a statement does with all rows of a table. */
export type Work = {
  readonly what: 'rewrite' | 'scan' | 'index' | 'rows'
  /** The table that is worked at. */
  readonly relation: string
}
