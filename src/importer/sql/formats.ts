import { LimbeckError } from '../../error.ts'
import { dbmate } from './dbmate.ts'
import { drizzle } from './drizzle.ts'
import { flyway } from './flyway.ts'
import type { SourceFile, SqlFormat } from './format.ts'
import { golangMigrate } from './golang-migrate.ts'
import { goose } from './goose.ts'
import { nodePgMigrate } from './node-pg-migrate.ts'
import { prisma } from './prisma.ts'
import { sqitch } from './sqitch.ts'

/** The tools whose folders are read. */
export const formats: readonly SqlFormat[] = [
  prisma,
  drizzle,
  flyway,
  dbmate,
  goose,
  golangMigrate,
  sqitch,
  nodePgMigrate,
]

/** No such tool is known. */
export class UnknownTool extends LimbeckError {
  readonly code = 'UNKNOWN_TOOL'
  readonly tool: string

  constructor(tool: string) {
    super(`Limbeck reads no migrations of ${JSON.stringify(tool)}.`, {
      hint: `It reads those of ${names()}.`,
    })
    this.tool = tool
  }
}

/** The migrations in a folder are of no tool that is known, or could be of several. */
export class ToolUnclear extends LimbeckError {
  readonly code = 'TOOL_UNCLEAR'
  readonly folder: string
  readonly candidates: readonly string[]

  constructor(folder: string, candidates: readonly string[], hint: string) {
    super(
      candidates.length === 0
        ? `${folder} has no migrations of a tool that Limbeck knows.`
        : `${folder} may have migrations of ${candidates.join(' or of ')}.`,
      { hint },
    )
    this.folder = folder
    this.candidates = candidates
  }
}

/** The format that is named, or the one that a folder is in. */
export function formatOf(
  files: readonly SourceFile[],
  { folder, tool }: { readonly folder: string; readonly tool: string | undefined },
): SqlFormat {
  if (tool !== undefined) {
    const named = formats.find((format) => format.tool.name === tool)
    if (named === undefined) throw new UnknownTool(tool)
    return named
  }
  const found = formats.filter((format) => format.detect(files))
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  const candidates = found.map((format) => format.tool.name)
  const hint = only === undefined ? whereElse(files, folder) : 'Say of which tool they are: --tool NAME.'
  throw new ToolUnclear(folder, candidates, hint)
}

/** Where a person may have meant to point to. */
function whereElse(files: readonly SourceFile[], folder: string): string {
  for (const below of foldersIn(files)) {
    const inside = files
      .filter(({ path }) => path.startsWith(`${below}/`))
      .map(({ path, text }) => ({ path: path.slice(below.length + 1), text }))
    const format = formats.find((one) => one.detect(inside))
    if (format !== undefined)
      return `There are some of ${format.tool.title} below it: limbeck import sql ${folder}/${below}`
  }
  return `It reads those of ${names()}; name the folder itself, and the tool: --tool NAME.`
}

/** All folders that files lie in, those nearest to the top first. */
function foldersIn(files: readonly SourceFile[]): readonly string[] {
  const folders = new Set(
    files.flatMap(({ path }) => {
      const parts = path.split('/').slice(0, -1)
      return parts.map((_, n) => parts.slice(0, n + 1).join('/'))
    }),
  )
  return [...folders].sort((a, b) => a.split('/').length - b.split('/').length)
}

function names(): string {
  return formats.map(({ tool }) => tool.name).join(', ')
}
