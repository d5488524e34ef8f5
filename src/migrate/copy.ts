import { DatabaseError, type Result } from '../connection/connection.ts'
import type { PlannedRows } from '../plan/stage.ts'
import { readDataFile } from '../script/data-file.ts'
import { type Attempt, stopIfAsked } from './attempt.ts'

/** Sends a COPY with its rows, which are read anew at each attempt. An error says which line of which file is wrong. */
export async function sendCopy(attempt: Attempt, text: string, rows: PlannedRows): Promise<Result> {
  try {
    return await attempt.connection.copy(text, untilAsked(attempt, rows))
  } catch (error) {
    throw error instanceof DatabaseError ? withPlace(error, rows) : error
  }
}

/** Copying may take long, and nothing of it is kept before its end: so it stops at once where it is asked to. */
async function* untilAsked(attempt: Attempt, rows: PlannedRows) {
  for await (const piece of 'stream' in rows ? rows.stream() : readDataFile(rows.path)) {
    stopIfAsked(attempt)
    yield piece
  }
}

/** PostgreSQL's context reads `COPY users, line 3, column age: "x"`. */
function withPlace(error: DatabaseError, rows: PlannedRows): DatabaseError {
  const place = error.server.where?.match(/^COPY .*?, line (\d+)(?:, column (.*?))?(?:: |$)/m)
  if (!place) return error
  const [, line, column] = place
  const source = 'stream' in rows ? `line ${line} of the stream` : `${rows.file}:${line}`
  const at = column === undefined ? source : `${source}, column ${column}`
  return new DatabaseError(`${at}: ${error.message}`, error.server, error.completed, error)
}
