import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { HazardClass } from '../lint/hazard.ts'
import { onlineSql } from '../lint/online-sql.ts'
import { splitSqlFile } from '../script/sql-file.ts'
import { parseStatements, tokenScanner } from '../sql/statements.ts'
import type { PlannedFix } from './lint-fix.ts'
import type { LintedStatement, LintReport, Seen } from './lint-report.ts'
import type { Project } from './project.ts'

/** What of revisions that are files of SQL can be said in SQL that keeps nobody waiting; and of the rest of what keeps others waiting, why it stands. */
export async function sqlFixes(
  seen: readonly Seen[],
  { statements }: LintReport,
  { directory }: Project,
): Promise<{ readonly fixes: readonly PlannedFix[]; readonly left: readonly string[] }> {
  const fixes: PlannedFix[] = []
  const left: string[] = []
  const files = new Set(
    statements
      .filter(({ file, revision }) => revision !== null && file.endsWith('.sql'))
      .map(({ file }) => file),
  )
  const scan = await tokenScanner()
  for (const file of files) {
    const text = readFileSync(resolve(directory, file), 'utf8')
    const { upgrade } = splitSqlFile(text, file)
    const begins = text.indexOf(upgrade.text)
    for (const parsed of await parseStatements(upgrade.text)) {
      const line = upgrade.line + parsed.line - 1
      const isIt = (one: { readonly file: string; readonly line: number }, said: string) =>
        one.file === file && one.line === line && said === parsed.text
      const rules = statements.filter((one) => isIt(one, one.text)).flatMap(waiting)
      if (rules.length === 0) continue
      const observation = seen
        .flatMap(({ observations }) => observations)
        .find(({ statement }) => isIt(statement, statement.parsed.text))
      const after =
        observation === undefined ? null : onlineSql(parsed, scan(parsed.text), observation.before)
      if (after === null) left.push(whyLeft({ file, line, rules }))
      else {
        const from = begins + parsed.offset
        const replacement = { from, to: from + parsed.text.length, text: after }
        fixes.push({ file, line, rules, before: parsed.text, after, replacement })
      }
    }
  }
  return { fixes, left }
}

const blocking: readonly HazardClass[] = ['blocks-reads-long', 'blocks-writes-long']

/** The rules by which others wait for the statement itself; what waits under a lock of one before it is mended there. */
function waiting({ hazards }: LintedStatement): readonly string[] {
  return hazards
    .filter(
      ({ class: kind, level, rule }) => blocking.includes(kind) && level !== 'advice' && rule !== 'held-lock',
    )
    .map(({ rule }) => rule)
}

function whyLeft({ file, line, rules }: Pick<PlannedFix, 'file' | 'line' | 'rules'>): string {
  return `${file}:${line}: ${rules.join(', ')} is not rewritten: no SQL in the same place does it otherwise. Write the recipe in a revision that is a .ts file.`
}
