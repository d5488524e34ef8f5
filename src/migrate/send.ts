import { DatabaseError, type Result } from '../connection/connection.ts'
import { runForeign } from '../connection/prepared.ts'
import { LimbeckError } from '../error.ts'
import type { PlannedStatement } from '../plan/stage.ts'
import { DataFileUnreadable } from '../script/data-file.ts'
import { bindSql } from '../sql/tag.ts'
import { type Attempt, placeOf, watched } from './attempt.ts'
import { sendCopy } from './copy.ts'
import { failedStatement } from './failed-statement.ts'
import { MigrationFailed } from './failure.ts'

/** Statements of one stage that go out together. */
export type Sending = {
  readonly stage: number
  /** What comes before them, such as BEGIN. */
  readonly opening: readonly string[]
  readonly statements: readonly PlannedStatement[]
  /** What comes after them, such as the ledger's record and COMMIT. */
  readonly ending: readonly string[]
}

/** Characters of a message from which on the next statement has to wait for the next one. */
export const fullMessage = 1_000_000

/**
 * Sends a stage's statements in as few messages as there can be: one for a run of statements without parameters, what
 * opens and ends the transaction with them. A statement with parameters or with rows of its own is a message of its own, and so is what would
 * make a message large.
 */
export async function sendStatements(attempt: Attempt, sending: Sending): Promise<readonly Result[]> {
  const { connection } = attempt
  let message = emptyMessage()
  let characters = 0
  const add = (text: string, statement: PlannedStatement | null) => {
    characters += text.length
    message.texts.push(text)
    message.statements.push(statement)
  }
  const guarded = async <Answer>(sent: Message, send: () => Promise<Answer>) => {
    try {
      return await watched(attempt, send)
    } catch (error) {
      throw failureOf(attempt, sending.stage, sent, error)
    }
  }
  const flush = async (): Promise<readonly Result[]> => {
    if (message.texts.length === 0) return []
    const sent = message
    message = emptyMessage()
    characters = 0
    return guarded(sent, () => runForeign(connection, sent.texts.join(';\n')))
  }

  for (const text of sending.opening) add(text, null)
  for (const statement of sending.statements) {
    const { text, values } = bindSql(statement.sql)
    if (values.length === 0 && statement.rows === undefined) {
      if (characters + text.length > fullMessage) await flush()
      add(text, statement)
      continue
    }
    await flush()
    const { rows } = statement
    await guarded({ texts: [text], statements: [statement] }, () =>
      rows === undefined ? connection.query(text, values) : sendCopy(attempt, text, rows),
    )
  }
  for (const text of sending.ending) add(text, null)
  return flush()
}

/** Texts that go out as one, and the statement that each of them is, if it is one of the stage's. */
type Message = { readonly texts: string[]; readonly statements: (PlannedStatement | null)[] }

function emptyMessage(): Message {
  return { texts: [], statements: [] }
}

function failureOf(attempt: Attempt, stage: number, sent: Message, error: unknown): unknown {
  const [first = null] = sent.statements
  const isOfRows = error instanceof DataFileUnreadable || !(error instanceof LimbeckError)
  if (first?.rows !== undefined && isOfRows) return new MigrationFailed(placeOf(attempt, stage, first), error)
  if (!(error instanceof DatabaseError)) return error
  const found = failedStatement(sent.texts, error)
  const failed = sent.statements[found.index] ?? null
  const place = {
    ...placeOf(attempt, stage, failed),
    statement: failed?.shown ?? sent.texts[found.index] ?? null,
    // A place in what was sent is none in what is shown instead.
    position: failed?.shown === undefined ? found.position : null,
  }
  return new MigrationFailed(place, error, failed?.hints)
}
