import { serverText } from '../../sql/psql-text.ts'
import { lineComments, type ParsedStatement, parseStatements, SqlSyntaxError } from '../../sql/statements.ts'
import type { NotConverted, SourcePart } from './format.ts'

/** SQL as a revision has it. */
export type ServerSql = {
  readonly sql: string
  /** The lines of the source on which BEGIN and COMMIT stood: Limbeck's stages say where transactions are. */
  readonly transactionLines: readonly number[]
}

/** A part as PostgreSQL's parser reads it, without what only psql does and without BEGIN and COMMIT. */
export async function serverSql(part: SourcePart): Promise<ServerSql | NotConverted> {
  const read = await parsed(part)
  if ('reason' in read) return read
  const { text, statements } = read
  const control = statements.filter(({ transaction }) => transaction === 'control')
  const rollback = control.find(({ tree }) => !beginsOrCommits.has(tree.node['kind']))
  if (rollback !== undefined)
    return refused(part, rollback.line, `"${rollback.text}" takes back what stands before it.`)
  const sql = control.reduceRight(without, text)
  return {
    sql: await withoutMarkers(sql),
    transactionLines: control.map(({ line }) => part.line + line - 1),
  }
}

const beginsOrCommits = new Set(['TRANS_STMT_BEGIN', 'TRANS_STMT_START', 'TRANS_STMT_COMMIT'])

type Parsed = { readonly text: string; readonly statements: readonly ParsedStatement[] }

/** A text that the parser takes as it stands is SQL, whatever its lines begin with; of another, what psql does is taken out first. */
async function parsed(part: SourcePart): Promise<Parsed | NotConverted> {
  const text = part.text.replaceAll('\r\n', '\n')
  const found = await tried(text)
  if (!(found instanceof SqlSyntaxError)) return { text, statements: found }
  const { sql, commands, hasRows } = serverText(text)
  const [command] = commands
  if (command !== undefined)
    return refused(part, lineOf(text, command), `"${command}" is a command of psql, which no server knows.`)
  if (hasRows)
    return refused(part, found.line, 'its COPY … FROM STDIN has rows, which psql reads: write an INSERT.')
  const again = await tried(sql)
  if (!(again instanceof SqlSyntaxError)) return { text: sql, statements: again }
  const variable = again.detail.endsWith('":"') ? ' A variable of psql has to be written out.' : ''
  return refused(part, again.line, `PostgreSQL's parser does not take it: ${again.detail}.${variable}`)
}

async function tried(text: string): Promise<readonly ParsedStatement[] | SqlSyntaxError> {
  try {
    return await parseStatements(text)
  } catch (error) {
    if (error instanceof SqlSyntaxError) return error
    throw error
  }
}

function lineOf(text: string, start: string): number {
  return text.split('\n').findIndex((line) => line.startsWith(start)) + 1
}

/** A statement that has a line to itself goes with the line, and with one of two empty ones around it. */
function without(text: string, { offset, text: statement }: ParsedStatement): string {
  const before = text.slice(0, offset)
  const rest = text.slice(offset + statement.length).replace(/^\s*;/, '')
  const hasLine = /(?:^|\n)[^\S\n]*$/.test(before) && /^[^\S\n]*(?:\n|$)/.test(rest)
  if (!hasLine) return before + rest
  const above = before.replace(/[^\S\n]*$/, '')
  const below = rest.replace(/^[^\S\n]*\n/, '')
  return above + (above === '' || above.endsWith('\n\n') ? below.replace(/^(?:[^\S\n]*\n)+/, '') : below)
}

const markerOfOurs = /^(?:limbeck:)?\s*(?:upgrade|downgrade)$/

/** A comment that would be taken for the beginning of a part is told from one by a colon. */
async function withoutMarkers(sql: string): Promise<string> {
  const comments = await lineComments(sql)
  const found = new Set(comments.filter(({ text }) => markerOfOurs.test(text)).map(({ line }) => line))
  if (found.size === 0) return sql
  return sql
    .split('\n')
    .map((line, n) => (found.has(n + 1) ? `${line.trimEnd()}:` : line))
    .join('\n')
}

function refused({ file, line }: SourcePart, at: number, reason: string): NotConverted {
  return { file, line: line + at - 1, reason }
}
