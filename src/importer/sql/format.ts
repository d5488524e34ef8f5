import type { ForeignTool } from '../../takeover/tool.ts'

/** A file of the folder that is imported: its path as seen from there, with slashes, and its text; null for one that is not read, being code. */
export type SourceFile = { readonly path: string; readonly text: string | null }

/** What a tool sends in one direction, and the line of its file, counted from 1, on which it begins. */
export type SourcePart = { readonly file: string; readonly line: number; readonly text: string }

/** What cannot be said in a revision, and why. */
export type NotConverted = {
  readonly file: string
  readonly line: number | null
  readonly reason: string
}

/** A migration as another tool has it. */
export type ForeignMigration = {
  readonly id: string
  /** What its revision's file is called, without an extension. */
  readonly fileName: string
  readonly message: string
  readonly createDate: string | null
  readonly upgrade: SourcePart | NotConverted
  /** Null where the tool has nothing that undoes it. */
  readonly downgrade: SourcePart | NotConverted | null
}

/** What a tool has in a folder, in the order in which it applies it. */
export type SourceReading = {
  readonly migrations: readonly ForeignMigration[]
  /** Files that the tool passes over as well, or runs outside of migrations, with the reason. */
  readonly passedOver: readonly NotConverted[]
}

export type ReadOptions = {
  /** By name, what stands for `${name}` in a script, where the tool puts something in its place. */
  readonly placeholders: ReadonlyMap<string, string>
}

/** How one tool keeps its migrations. Pure: texts in, texts out. */
export type SqlFormat = {
  /** Whose it is, and how databases of it are known. */
  readonly tool: ForeignTool
  /** Whether a folder is this tool's, by what no other tool has. */
  detect(files: readonly SourceFile[]): boolean
  read(files: readonly SourceFile[], options: ReadOptions): SourceReading
}

export function isConverted(part: SourcePart | NotConverted): part is SourcePart {
  return 'text' in part
}
