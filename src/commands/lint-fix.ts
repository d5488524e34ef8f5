import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { HazardClass } from '../lint/hazard.ts'
import { callAt, type Replacement, replacedCall, withReplacements } from '../script/replace-call.ts'
import { isRecipe } from './lint-recipes.ts'
import type { Fix, LintedStatement, LintReport, Seen } from './lint-report.ts'
import type { Project } from './project.ts'

/** A fix, and where it stands in its file. */
export type PlannedFix = Fix & { readonly replacement: Replacement }

/** What can be replaced: a revision's `op.execute` of one statement and nothing else, on lines of its own, of which all is known that does the same in a safe form. */
function fixesOf(seen: readonly Seen[], { statements }: LintReport, project: Project): readonly PlannedFix[] {
  return seen.flatMap(({ subject: { replaceable, transactions }, recipe }) => {
    const all = transactions.flatMap((one) => one.statements)
    return replaceable.flatMap(({ file, line, column }): readonly PlannedFix[] => {
      const [statement, ...others] = all.filter((one) => one.file === file && one.line === line)
      const told = statements.filter((one) => one.file === file && one.line === line)
      const code = statement === undefined || others.length > 0 ? null : recipe(statement)
      const rules = told.flatMap((one) => mended(one, code))
      const call = callAt(readFileSync(resolve(project.directory, file), 'utf8'), {
        line,
        column,
        name: 'execute',
      })
      if (code === null || rules.length === 0 || call === null || !isRecipe(code)) return []
      const replacement = replacedCall(call, code)
      return [{ file, line, rules, before: told[0]?.text ?? '', after: code, replacement }]
    })
  })
}

const blocking: readonly HazardClass[] = ['blocks-reads-long', 'blocks-writes-long']

/** The rules that found what the directives mend: who waits, and no more. */
function mended({ hazards }: LintedStatement, code: string | null): readonly string[] {
  return hazards
    .filter(
      (hazard) => hazard.recipe === code && hazard.level !== 'advice' && blocking.includes(hazard.class),
    )
    .map(({ rule }) => rule)
}

/**
 * Rewrites what can be, and looks at the files again. Where that does not find less than before, or something that cannot run, the files are put back as they
 * were, and it is said.
 */
export async function withFixes(
  { seen, report }: { readonly seen: readonly Seen[]; readonly report: LintReport },
  project: Project,
  again: () => Promise<LintReport>,
): Promise<LintReport> {
  const { sqlFixes } = await import('./lint-fix-sql.ts')
  const { fixes: ofSql, left } = await sqlFixes(seen, report, project)
  const fixes = [...fixesOf(seen, report, project), ...ofSql]
  if (fixes.length === 0) return { ...report, assumed: [...report.assumed, ...left] }
  const restore = writeFixes(fixes, project)
  const after = await again().catch((error: unknown) => {
    restore()
    throw error
  })
  if (isBetter(report, after, fixes))
    return {
      ...after,
      fixed: fixes.map(({ replacement: _, ...fix }) => fix),
      assumed: [...after.assumed, ...left],
    }
  restore()
  const files = [...new Set(fixes.map(({ file }) => file))].join(', ')
  return {
    ...report,
    assumed: [
      ...report.assumed,
      ...left,
      `${files}: what was rewritten was no better, and stands as it was.`,
    ],
  }
}

function isBetter(was: LintReport, is: LintReport, fixes: readonly PlannedFix[]): boolean {
  const rules = new Set(fixes.flatMap((one) => one.rules))
  const found = ({ statements }: LintReport, isMeant: (rule: string) => boolean) =>
    statements.flatMap(({ hazards }) => hazards.filter(({ rule }) => isMeant(rule))).length
  const mended = fixes.reduce((sum, one) => sum + one.rules.length, 0)
  const isLess = found(is, (rule) => rules.has(rule)) <= found(was, (rule) => rules.has(rule)) - mended
  const fails = (rule: string) => rule === 'always-fails'
  return isLess && found(is, fails) <= found(was, fails)
}

/** Writes them, all of a file at once. Gives what puts the files back as they were. */
function writeFixes(fixes: readonly PlannedFix[], { directory }: Project): () => void {
  const were = new Map<string, string>()
  for (const [file, its] of Map.groupBy(fixes, (one) => one.file)) {
    const path = resolve(directory, file)
    const text = readFileSync(path, 'utf8')
    were.set(path, text)
    writeFileSync(
      path,
      withReplacements(
        text,
        its.map(({ replacement }) => replacement),
      ),
    )
  }
  return () => {
    for (const [path, text] of were) writeFileSync(path, text)
  }
}
