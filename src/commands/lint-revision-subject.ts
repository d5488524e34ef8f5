import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { type Acceptance, acceptanceIn } from '../lint/acceptance.ts'
import type { Direction } from '../plan/plan.ts'
import { type Stage, stageSteps } from '../plan/stage.ts'
import { splitSqlFile } from '../script/sql-file.ts'
import { lineComments } from '../sql/statements.ts'
import { inlineSql, isSql } from '../sql/tag.ts'
import type { TracedStatement, TracedTransaction } from '../trace/subject.ts'
import {
  AcceptedWithoutReason,
  acceptancesIn,
  type Comment,
  type LintSubject,
  makesLacking,
  unseenExtension,
} from './lint-subjects.ts'
import { parsedText } from './lint-text-subject.ts'
import type { LoadedPlan } from './plan-all.ts'

/** A revision as it would run: its stages are its transactions. */
export async function revisionSubject(
  { planned, file }: LoadedPlan,
  { directory, isEmbedded }: { readonly directory: string; readonly isEmbedded: boolean },
): Promise<LintSubject> {
  const { revision, stages, open } = planned
  const name = relative(directory, revision.file)
  const transactions: TracedTransaction[] = []
  const unseen: string[] = []
  const lacking: TracedStatement[] = []
  for (const [at, stage] of stages.entries()) {
    const all = await stageStatements(stage, { name, revision: revision.id, stage: at + 1 })
    lacking.push(...(isEmbedded ? all.filter(makesLacking) : []))
    const statements = all.filter((statement) => !lacking.includes(statement))
    if (stage.type === 'backfill')
      unseen.push(`${stage.step.title} works in batches, each in a transaction of its own: it is not tried.`)
    if (stage.type === 'transaction') transactions.push({ isBlock: true, rollsBack: false, statements })
    else
      for (const statement of statements)
        transactions.push({
          isBlock: statement.parsed.transaction !== 'none',
          rollsBack: false,
          statements: [statement],
          ...courseOf(stage, statements.length),
        })
  }
  if (open !== null)
    unseen.push(
      `it reads the database${open.at === null ? '' : ` in line ${open.at.line}`}: what comes after that is not known before it runs.`,
    )
  const said: Acceptance[] = planned.directives.flatMap(({ accept = {}, at }) =>
    Object.entries(accept).map(([rule, reason]) => {
      const line = at?.line ?? 1
      return { rule, reason, said: `${name}:${line}`, scope: { file: name, line } }
    }),
  )
  // A file of SQL has all of it in the file.
  for (const { directive, at } of revision.file.endsWith('.sql') ? [] : planned.directives) {
    const sql = 'sql' in directive ? directive.sql : null
    const text = typeof sql === 'string' ? sql : isSql(sql) ? inlineSql(sql) : ''
    for (const comment of await lineComments(text)) {
      const found = acceptanceIn(comment.text)
      const line = at?.line ?? 1
      if (found === null) continue
      if (found.reason === '') throw new AcceptedWithoutReason(name, line, found.rule)
      said.push({ ...found, said: `${name}:${line}`, scope: { file: name, line } })
    }
  }
  const statements = transactions.flatMap((one) => one.statements)
  const comments = await commentsOf(file.revision.file, planned.direction)
  return {
    name: revision.id,
    mode: null,
    isWayBack: planned.direction === 'downgrade',
    transactions,
    unseen: [...unseen, ...lacking.map(unseenExtension)],
    lacking,
    replaceable: file.revision.file.endsWith('.sql') ? [] : replaceableIn(planned, name),
    acceptances: [...said, ...acceptancesIn(comments, statements, name)],
    control: [],
  }
}

/** What is said in a loop is said at one place more than once. */
function replaceableIn(
  { directives, open }: LoadedPlan['planned'],
  file: string,
): LintSubject['replaceable'] {
  if (open !== null) return []
  return directives.flatMap(({ directive, at, accept = {} }) => {
    const { kind, ...fields } = directive
    const isBare =
      kind === 'execute' && Object.keys(fields).join() === 'sql' && Object.keys(accept).length === 0
    const isAlone = directives.filter((other) => other.at?.line === at?.line).length === 1
    return at !== null && isBare && isAlone ? [{ file, ...at }] : []
  })
}

/** Of one statement that a procedure says of itself, what it really does is run; of several each, and all of it only where one fails. */
function courseOf(stage: Stage, previewed: number): Pick<TracedTransaction, 'course'> {
  if (stage.type !== 'procedure' || stage.step.handwritten) return {}
  const { procedure } = stage.step
  return { course: { when: previewed === 1 ? 'always' : 'failed', begin: () => procedure.steps('none') } }
}

/** Comments to the end of their line: of SQL as PostgreSQL's scanner sees them, of code where they are alone on a line. */
async function commentsOf(file: string, direction: Direction): Promise<readonly Comment[]> {
  const text = readFileSync(file, 'utf8')
  if (file.endsWith('.sql')) {
    const from = splitSqlFile(text, file).downgrade?.line ?? Number.POSITIVE_INFINITY
    return (await lineComments(text)).filter(({ line }) => line >= from === (direction === 'downgrade'))
  }
  const lines = text.split('\n')
  return lines.flatMap((line, at) => {
    const trimmed = line.trim()
    const isOfIt = trimmed.startsWith('//') && directionAt(lines, at + 1) === direction
    return isOfIt ? [{ text: trimmed.slice(2).trim(), line: at + 1 }] : []
  })
}

/** Which way the last function above a line leads; up, where there is none. */
function directionAt(lines: readonly string[], line: number): Direction {
  const begins = /^export\s+(?:async\s+)?(?:function|const)\s+(downgrade|upgrade)\b/
  const [, name] =
    lines
      .slice(0, line)
      .findLast((one) => begins.test(one))
      ?.match(begins) ?? []
  return name === 'downgrade' ? 'downgrade' : 'upgrade'
}

async function stageStatements(
  stage: Stage,
  place: { readonly name: string; readonly revision: string; readonly stage: number },
): Promise<readonly TracedStatement[]> {
  const texts = stageSteps(stage).flatMap((step) => {
    if (step.run === 'backfill') return []
    const sql =
      step.run === 'procedure' ? step.procedure.preview : step.rows === undefined ? [inlineSql(step.sql)] : []
    return sql.map((text) => ({ text, step }))
  })
  const statements: TracedStatement[] = []
  for (const { text, step } of texts)
    for (const parsed of await parsedText(text, place.name))
      statements.push({
        parsed,
        file: place.name,
        line: step.at?.line ?? 1,
        revision: place.revision,
        stage: place.stage,
        title: step.handwritten ? null : step.title,
      })
  return statements
}
