import { LimbeckError } from '../error.ts'
import type { CopySource, Need, Procedure, Script, Server, Statement, Step } from '../operations/operation.ts'
import { builtIn, factsOf, type Vocabulary } from '../operations/operations.ts'
import type { RecordedDirective, SourcePosition } from '../operations/recording.ts'
import { quoteLiteral } from '../sql/literal.ts'
import type { ParsedStatement } from '../sql/statements.ts'
import { bindSql, inlineSql, rawSql, type Sql } from '../sql/tag.ts'
import type { PlannedRows, PlannedStep } from './stage.ts'

/** SQL that begins or ends a transaction by itself. */
export class TransactionControl extends LimbeckError {
  readonly code = 'TRANSACTION_CONTROL'
  readonly statement: string

  constructor(statement: string) {
    super(`A revision cannot say ${statement}: its stages are its transactions.`, {
      hint: 'Take it out. What refuses a transaction, such as CREATE INDEX CONCURRENTLY, gets a stage of its own.',
    })
    this.statement = statement
  }
}

/** A concurrent index without a name cannot be found again after a crash. */
export class UnnamedConcurrentIndex extends LimbeckError {
  readonly code = 'UNNAMED_CONCURRENT_INDEX'
  readonly statement: string

  constructor(statement: string) {
    super(`An index that is built concurrently needs a name: ${statement}`, {
      hint: 'Name it, so that a build that was interrupted is found and made again; or use op.createIndex.',
    })
    this.statement = statement
  }
}

/** A statement that refuses a transaction was begun, and nothing tells whether it was done. */
export class InterruptedStatement extends LimbeckError {
  readonly code = 'INTERRUPTED_STATEMENT'
  readonly statement: string

  constructor(statement: string) {
    super(`This statement was interrupted, and PostgreSQL does not say whether it was done: ${statement}`, {
      hint: 'Look at the database. If it was done, take the statement out of the revision; if not, undo what it left, then run the command again.',
    })
    this.statement = statement
  }
}

/** An option that the server's version of PostgreSQL does not have. */
export class NeedsNewerServer extends LimbeckError {
  readonly code = 'NEEDS_NEWER_SERVER'
  readonly what: string
  readonly since: number
  readonly major: number

  constructor({ what, since }: Need, major: number) {
    super(`${what} needs PostgreSQL ${since}, and the server is ${major}.`, {
      hint: `Leave the option out, or run this on PostgreSQL ${since} or newer.`,
    })
    this.what = what
    this.since = since
    this.major = major
  }
}

/** A directive of which only some steps are done, and one of them cannot be taken back. */
export class CannotTakeBack extends LimbeckError {
  readonly code = 'CANNOT_TAKE_BACK'

  constructor(title: string) {
    super(`Only a part of this is done, and nothing tells how to take it back: ${title}`, {
      hint: 'Bring it to its end with "limbeck upgrade". Or undo by hand what "limbeck status" shows as done, and have it forgotten: "limbeck stamp --purge" with what is applied.',
    })
  }
}

/** Finds the data that a step reads, for each file that it names. */
export type FindRows = (source: CopySource) => Promise<PlannedRows>

/** The steps that a directive asks for. SQL of the user's own is split by PostgreSQL's parser. */
export async function plannedSteps(
  recorded: RecordedDirective,
  server: Server,
  findRows: FindRows = unread,
  vocabulary: Vocabulary = builtIn,
): Promise<readonly PlannedStep[]> {
  const { directive, at } = recorded
  const facts = factsOf(directive, vocabulary)
  const unmet = facts.needs.find(({ since }) => since > server.major)
  if (unmet !== undefined) throw new NeedsNewerServer(unmet, server.major)
  const { begun } = recorded
  const title = begun === undefined ? facts.title : `take back ${facts.title}`
  const origin = { title, at, verbatim: recorded.verbatim === true }
  const asked = facts.steps(server)
  const steps: PlannedStep[] = []
  for (const step of begun === undefined ? asked : undoing(asked.slice(0, begun), facts.title)) {
    if (step.run === 'script') steps.push(...(await scriptSteps(step, origin)))
    else if (step.run === 'procedure')
      steps.push({ title: step.title, at, handwritten: false, run: 'procedure', procedure: step })
    else {
      const planned = { title: titleOfStep(origin.title, step), at, handwritten: false }
      // A function may tell the session anything.
      if (step.run === 'backfill')
        steps.push({ ...planned, ...step, handwritten: step.backfill.work.type === 'process' })
      else {
        const locks = steps.length > 0 ? [] : facts.locks.filter(({ since = 0 }) => since <= server.major)
        steps.push({
          ...planned,
          ...(await plannedStatement(step, findRows)),
          ...(locks.length > 0 ? { locks } : {}),
        })
      }
    }
  }
  return steps
}

/** What takes steps back, the last one first. */
function undoing(steps: readonly Step[], title: string): readonly Step[] {
  return steps.toReversed().flatMap((step) => {
    if (step.run !== 'script' && step.undo !== undefined) return step.undo
    if (step.run === 'backfill') return []
    throw new CannotTakeBack(title)
  })
}

async function plannedStatement({ rows, ...statement }: Statement, findRows: FindRows) {
  return rows === undefined ? statement : { ...statement, rows: await findRows(rows) }
}

/** For who wants to see the SQL only. */
async function unread(source: CopySource): Promise<PlannedRows> {
  return 'stream' in source ? source : { ...source, path: source.file, checksum: '' }
}

function titleOfStep(title: string, step: Step): string {
  const part = step.run === 'statement' ? step.part : undefined
  return part === undefined ? title : `${title}: ${part}`
}

type ScriptOrigin = {
  readonly title: string
  readonly at: SourcePosition | null
  /** The SQL stands in the file as it is, so that each statement has a line of its own. */
  readonly verbatim: boolean
}

async function scriptSteps(script: Script, origin: ScriptOrigin): Promise<readonly PlannedStep[]> {
  const { parseStatements } = await import('../sql/statements.ts')
  const statements = await parseStatements(bindSql(script.sql).text)
  const [only] = statements
  if (statements.length === 1 && only?.takesParameters) return [scriptStep(only, script.sql, origin)]
  // Parameters belong to one statement; in a text of several, and in DDL, the values go in as literals.
  const texts = script.sql.values.length === 0 ? statements : await parseStatements(inlineSql(script.sql))
  return texts.map((statement) => scriptStep(statement, rawSql(statement.text), origin))
}

function scriptStep(
  statement: ParsedStatement,
  sql: Sql,
  { title, at: start, verbatim }: ScriptOrigin,
): PlannedStep {
  const line = start !== null && verbatim ? start.line + statement.line - 1 : start?.line
  const origin = {
    title: verbatim ? firstWords(statement.text) : title,
    at: start && { ...start, line: line ?? start.line },
    handwritten: true,
    effect: statement.effect,
  }
  if (statement.transaction === 'control') throw new TransactionControl(statement.text)
  if (statement.transaction !== 'none')
    return {
      ...origin,
      run: 'statement',
      sql,
      transaction: statement.transaction,
      ...(statement.setsSession ? { setsSession: true } : {}),
    }
  return { ...origin, run: 'procedure', procedure: lonelyStatement(statement, inlineSql(sql)) }
}

function firstWords(text: string): string {
  const line = text.split('\n')[0] ?? ''
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

/** A statement that refuses a transaction, made safe to repeat as far as PostgreSQL lets it. */
function lonelyStatement(statement: ParsedStatement, text: string): Procedure {
  const base = { run: 'procedure', title: statement.text, preview: [text] } as const
  const index = statement.concurrentIndex
  if (index?.action === 'create') {
    if (index.name === null) throw new UnnamedConcurrentIndex(statement.text)
    const name = [index.schema, index.name].filter((part) => part !== null)
    return { ...base, steps: () => buildIndex(name, text) }
  }
  if (statement.repeatable || index?.action === 'drop') return { ...base, steps: () => once(text) }
  return {
    ...base,
    *steps(before) {
      if (before === 'interrupted') throw new InterruptedStatement(statement.text)
      yield { patiently: text }
    },
  }
}

function* once(text: string) {
  yield { patiently: text }
}

/** IF NOT EXISTS would keep an index that an interrupted build left invalid; so that is looked for first. */
function* buildIndex(name: readonly string[], text: string): ReturnType<Procedure['steps']> {
  const quoted = name.map((part) => `"${part.replaceAll('"', '""')}"`).join('.')
  const invalid = `SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(${quoteLiteral(quoted)}) AND NOT (indisvalid AND indisready)`
  if ((yield invalid).length > 0) yield { patiently: `DROP INDEX CONCURRENTLY ${quoted}` }
  try {
    yield { patiently: text }
  } catch (error) {
    if ((yield invalid).length > 0) yield { patiently: `DROP INDEX CONCURRENTLY ${quoted}` }
    throw error
  }
}
