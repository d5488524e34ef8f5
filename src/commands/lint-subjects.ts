import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { embeddedExtensions } from '../connection/address.ts'
import { LimbeckError } from '../error.ts'
import { type Acceptance, acceptanceIn } from '../lint/acceptance.ts'
import { type TransactionMode, transactionsOf, usualMode } from '../lint/transactions.ts'
import type { Direction } from '../plan/plan.ts'
import { type Stage, stageSteps } from '../plan/stage.ts'
import { splitSqlFile } from '../script/sql-file.ts'
import { serverText } from '../sql/psql-text.ts'
import { lineComments, type ParsedStatement, parseStatements, SqlSyntaxError } from '../sql/statements.ts'
import { inlineSql, isSql } from '../sql/tag.ts'
import type { TracedStatement, TracedTransaction } from '../trace/subject.ts'
import type { LoadedPlan } from './plan-all.ts'
import { SqlFileMissing } from './sql-file-missing.ts'

/** One migration: what is looked at as a whole. */
export type LintSubject = {
  /** As people know it: the file's name, or the revision's id. */
  readonly name: string
  readonly mode: TransactionMode | null
  readonly transactions: readonly TracedTransaction[]
  /** It is the way back of a revision. */
  readonly isWayBack: boolean
  /** What of it cannot be tried, a sentence each. */
  readonly unseen: readonly string[]
  /** What makes extensions that are lacking where it is tried, in the order in which it stands. */
  readonly lacking: readonly TracedStatement[]
  /** Where a revision says a statement of SQL and nothing else, alone on its line. */
  readonly replaceable: readonly { readonly file: string; readonly line: number; readonly column: number }[]
  /** Hazards that its text takes. */
  readonly acceptances: readonly Acceptance[]
  /** BEGIN, COMMIT and their like, in the order in which they stand. */
  readonly control: readonly TracedStatement[]
}

/** A file of SQL that is to be looked at cannot be read, or PostgreSQL's parser does not take it. */
export class LintFileBroken extends LimbeckError {
  readonly code = 'LINT_FILE_BROKEN'
  readonly file: string
  readonly line: number | null

  constructor(file: string, line: number | null, reason: string, cause?: unknown) {
    super(`${file}${line === null ? '' : `:${line}`}: ${reason}`, {
      hint: 'It is read as psql would read it, without the commands that begin with a backslash.',
      ...(cause === undefined ? {} : { cause }),
    })
    this.file = file
    this.line = line
  }
}

/** A comment takes a hazard and does not say why. */
export class AcceptedWithoutReason extends LimbeckError {
  readonly code = 'ACCEPTED_WITHOUT_REASON'
  readonly file: string
  readonly line: number
  readonly rule: string

  constructor(file: string, line: number, rule: string) {
    super(`${file}:${line}: ${rule} is accepted without a reason.`, {
      hint: `Write it behind the rule, for who reads it later: -- limbeck: accept ${rule} forty rows`,
    })
    this.file = file
    this.line = line
    this.rule = rule
  }
}

/** How a text is run: as whoever runs it wraps it, where somebody has said that, and on what. */
type Running = { readonly mode: TransactionMode | undefined; readonly isEmbedded: boolean }

/** Reads a file of SQL, of whatever tool. */
export async function fileSubject(
  file: string,
  { directory, ...running }: Running & { readonly directory: string },
): Promise<LintSubject> {
  const path = resolve(directory, file)
  if (!existsSync(path)) throw new SqlFileMissing(path, { directory })
  return textSubject({ name: relative(directory, path), text: readFileSync(path, 'utf8') }, running)
}

/** The same for a text that has a name. */
export async function textSubject(
  { name, text }: { readonly name: string; readonly text: string },
  { mode, isEmbedded }: Running,
): Promise<LintSubject> {
  const { sql, commands } = serverText(text)
  const parsed = await parsedText(sql, name)
  const comments = await lineComments(sql)
  const chosen = mode ?? usualMode(parsed, comments)
  const end = comments.find((comment) => wayBack.test(comment.text))?.line ?? Number.POSITIVE_INFINITY
  const statements = parsed
    .filter(({ line }) => line <= end)
    .map(
      (one): TracedStatement => ({
        parsed: one,
        file: name,
        line: one.line,
        revision: null,
        stage: null,
        title: null,
      }),
    )
  const lacking = isEmbedded ? statements.filter(makesLacking) : []
  const isSeen = (statement: TracedStatement) =>
    !readsRows(statement.parsed.tree) && !lacking.includes(statement)
  return {
    name,
    mode: chosen,
    isWayBack: false,
    transactions: transactionsOf(statements.filter(isSeen), chosen),
    lacking,
    replaceable: [],
    unseen: [
      ...(statements.some(({ parsed }) => readsRows(parsed.tree))
        ? ['COPY … FROM STDIN is passed over: its rows are for psql.']
        : []),
      ...commands.map((command) => `${command} is passed over: it is for psql.`),
      ...lacking.map(unseenExtension),
      ...(end === Number.POSITIVE_INFINITY
        ? []
        : [`what comes after line ${end} is the way back: it is not tried.`]),
    ],
    acceptances: acceptancesIn(comments, statements, name),
    control: statements.filter(({ parsed: { transaction } }) => transaction === 'control'),
  }
}

async function parsedText(sql: string, name: string): Promise<readonly ParsedStatement[]> {
  try {
    return await parseStatements(sql)
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error
    throw new LintFileBroken(name, error.line, error.detail, error)
  }
}

function unseenExtension({ parsed }: TracedStatement): string {
  return `the extension ${parsed.tree.node['extname']} is not in the embedded PostgreSQL: what needs it is known by its text alone. Name a server in "autogenerate.shadow" to try it there.`
}

/** Where other tools, and Limbeck itself, begin what undoes a file. */
const wayBack = /^(?:limbeck:\s*)?downgrade$|^migrate:down\b|^\+goose\s+Down\b|^\+migrate\s+Down\b/i

/** An extension that an embedded database cannot have. */
function makesLacking({ parsed: { tree } }: TracedStatement): boolean {
  const known: readonly string[] = [...embeddedExtensions, 'plpgsql', 'uuid-ossp']
  return tree.kind === 'CreateExtensionStmt' && !known.includes(String(tree.node['extname']))
}

type Comment = { readonly text: string; readonly line: number }

/** A comment is about the statement in which it stands, or that comes after it. */
function acceptancesIn(
  comments: readonly Comment[],
  statements: readonly Pick<TracedStatement, 'line' | 'parsed'>[],
  file: string,
): readonly Acceptance[] {
  return comments.flatMap(({ text, line }) => {
    const found = acceptanceIn(text)
    if (found === null) return []
    if (found.reason === '') throw new AcceptedWithoutReason(file, line, found.rule)
    const about = statements.find((one) => one.line + one.parsed.text.split('\n').length > line)
    return [{ ...found, said: `${file}:${line}`, scope: { file, line: about?.line ?? line } }]
  })
}

function readsRows({ kind, node }: ParsedStatement['tree']): boolean {
  return kind === 'CopyStmt' && node['is_from'] === true && node['filename'] === undefined
}

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
