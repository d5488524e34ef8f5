import { existsSync, readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { LimbeckError } from '../error.ts'
import { type TransactionMode, transactionsOf, usualMode } from '../lint/transactions.ts'
import { serverText } from '../sql/psql-text.ts'
import { lineComments, type ParsedStatement, parseStatements, SqlSyntaxError } from '../sql/statements.ts'
import type { TracedStatement } from '../trace/subject.ts'
import { acceptancesIn, type LintSubject, makesLacking, unseenExtension } from './lint-subjects.ts'
import { SqlFileMissing } from './sql-file-missing.ts'

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
  const seen = statements.filter(isSeen)
  const transactions = transactionsOf(seen, chosen)
  const run = new Set(transactions.flatMap((one) => one.statements))
  return {
    name,
    mode: chosen,
    isWayBack: false,
    transactions,
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
    control: seen.filter((statement) => !run.has(statement)),
  }
}

/** The statements of a text, whose name is that of a file or of what it stands in. */
export async function parsedText(sql: string, name: string): Promise<readonly ParsedStatement[]> {
  try {
    return await parseStatements(sql)
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error
    throw new LintFileBroken(name, error.line, error.detail, error)
  }
}

/** Where other tools, and Limbeck itself, begin what undoes a file. */
const wayBack = /^(?:limbeck:\s*)?downgrade$|^migrate:down\b|^\+goose\s+Down\b|^\+migrate\s+Down\b/i

function readsRows({ kind, node }: ParsedStatement['tree']): boolean {
  return kind === 'CopyStmt' && node['is_from'] === true && node['filename'] === undefined
}
