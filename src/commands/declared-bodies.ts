import { type Connection, DatabaseError } from '../connection/connection.ts'
import { cleanSession } from '../connection/session.ts'
import { orReplace, type ParsedStatement } from '../sql/statements.ts'

/** A statement that makes a routine, with the settings of its place. */
type Routine = Pick<ParsedStatement, 'text'> & { readonly settings: readonly string[] }

/** A routine whose body PostgreSQL does not take, why, and how many lines after its first one. */
export type BrokenBody<Any extends Routine> = {
  readonly routine: Any
  readonly line: number
  readonly error: DatabaseError
}

/**
 * Lets PostgreSQL look at the bodies of routines that are there, by creating each once more in its place; what that does is rolled back. The first that it does
 * not take, or null. The session is left as it comes.
 */
export async function checkBodies<Any extends Routine>(
  connection: Connection,
  routines: readonly Any[],
): Promise<BrokenBody<Any> | null> {
  const replacing = new Map<Any, string>()
  for (const routine of routines) replacing.set(routine, await orReplace(routine.text))
  for (let from = 0; from < routines.length; ) {
    const some = routines.slice(from, from + mostInMessage)
    const pieces = some.flatMap((routine) => [
      ...checking(routine.settings).map((text) => ({ text, routine: null })),
      { text: replacing.get(routine) ?? '', routine },
    ])
    const broken = await firstBroken(connection, pieces)
    if (broken === null) from += some.length
    else if (await isThere(connection, broken.routine)) return broken
    else from = routines.indexOf(broken.routine) + 1
  }
  return null
}

const mostInMessage = 200

/** The check is on where the author's own settings do not say otherwise. */
function checking(settings: readonly string[]): readonly string[] {
  return [...cleanSession, 'SET check_function_bodies = on', ...settings]
}

type Piece<Any> = { readonly text: string; readonly routine: Any | null }

async function firstBroken<Any extends Routine>(
  connection: Connection,
  pieces: readonly Piece<Any>[],
): Promise<BrokenBody<Any> | null> {
  const sent = [{ text: 'BEGIN', routine: null }, ...pieces, { text: 'ROLLBACK', routine: null }]
  try {
    await connection.run(sent.map(({ text }) => text).join(between))
    return null
  } catch (error) {
    const routine = error instanceof DatabaseError ? sent[error.completed]?.routine : null
    if (!(error instanceof DatabaseError) || routine === undefined || routine === null) throw error
    await connection.run('ROLLBACK')
    const before = sent.slice(0, error.completed).map(({ text }) => text.length + between.length)
    const start = before.reduce((sum, length) => sum + length, 0)
    return { routine, line: lineOf(error, sent.map(({ text }) => text).join(between), start), error }
  }
}

const between = ';\n'

/** How many lines after the start of its statement PostgreSQL saw the error; none where it does not say. */
function lineOf({ server: { position } }: DatabaseError, text: string, start: number): number {
  // PostgreSQL counts characters, and from 1.
  const before =
    position === undefined
      ? ''
      : [...text]
          .slice(0, position - 1)
          .join('')
          .slice(start)
  return before.split('\n').length - 1
}

/** Whether a routine is still there: one that was dropped again, or has another name now, has no body to be looked at. */
async function isThere(connection: Connection, { text, settings }: Routine): Promise<boolean> {
  const texts = ['BEGIN', ...checking(settings), 'SET check_function_bodies = off', text, 'ROLLBACK']
  try {
    await connection.run(texts.join(between))
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    await connection.run('ROLLBACK')
    // duplicate_function
    return error.server.sqlState === '42723'
  }
  // One that replaces another says nothing of it.
  return (await orReplace(text)) === text
}
