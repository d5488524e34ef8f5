import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { LintReport } from '../../commands/lint.ts'

/** Gives files the paths that they have from the top of their git repository: CI knows them by these, wherever in it the project is. */
export function fromRepository(
  report: LintReport,
  { directory, exceptFor }: { readonly directory: string; readonly exceptFor: string },
): LintReport {
  const top = topOf(directory)
  if (top === null || top === directory) return report
  const project = relative(top, directory)
  const statements = report.statements.map((statement) =>
    statement.file === exceptFor ? statement : { ...statement, file: join(project, statement.file) },
  )
  return { ...report, statements }
}

/** The nearest folder with a `.git`, which is a file in a work tree of git's; null where nobody keeps it in git. */
function topOf(directory: string): string | null {
  if (existsSync(join(directory, '.git'))) return directory
  const above = dirname(directory)
  return above === directory ? null : topOf(above)
}
