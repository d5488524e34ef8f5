import { type Connection, DatabaseError } from '../connection/connection.ts'
import type { Course } from '../operations/operation.ts'

/** Runs what a procedure of Limbeck's really does, where its preview is not what it comes to. The error that it ends with; null for none. */
export async function runCourse(
  connection: Pick<Connection, 'run'>,
  course: Course,
): Promise<DatabaseError | null> {
  try {
    let next = course.next([])
    while (!next.done) {
      const text = typeof next.value === 'string' ? next.value : next.value.patiently
      const outcome = await answered(connection, text)
      next = outcome instanceof DatabaseError ? course.throw(outcome) : course.next(outcome)
    }
    return null
  } catch (error) {
    if (error instanceof DatabaseError) return error
    throw error
  }
}

async function answered(connection: Pick<Connection, 'run'>, text: string) {
  try {
    const results = await connection.run(text)
    return results.findLast(({ rows }) => rows.length > 0)?.rows ?? []
  } catch (error) {
    if (error instanceof DatabaseError) return error
    throw error
  }
}
