import { type Connection, DatabaseError } from '../connection/connection.ts'
import { runForeign } from '../connection/prepared.ts'

/**
 * A transaction that goes on after an error as if what failed had not been said: it is begun anew, and what was done is done again. A savepoint
 * would be quicker, and is no way: PostgreSQL takes a label of an enum for new that was made within one (55P04), and refuses one after ALTER DOMAIN … DROP CONSTRAINT.
 */
export class Block {
  readonly #connection: Connection
  readonly #done: string[] = []

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async begin(): Promise<void> {
    await this.#connection.run('BEGIN')
  }

  /** The error that PostgreSQL has for it; null where it is done. */
  async run(text: string): Promise<DatabaseError | null> {
    try {
      await runForeign(this.#connection, text)
      this.#done.push(text)
      return null
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      await this.#again()
      return error
    }
  }

  /** Runs what refuses a transaction, as if it had been done before this one began. */
  async outside(texts: readonly string[]): Promise<void> {
    await this.#connection.run('ROLLBACK')
    for (const text of texts) await this.#connection.run(text)
    await this.#connection.run('BEGIN')
    await this.#redo()
  }

  /** Looks at how it would be if something else had come first, in a transaction of its own that is taken back. */
  async aside<Answer>(look: () => Promise<Answer>): Promise<Answer> {
    await this.#connection.run('ROLLBACK')
    await this.#connection.run('BEGIN')
    const answer = await look()
    await this.#again()
    return answer
  }

  async end(how: 'COMMIT' | 'ROLLBACK'): Promise<DatabaseError | null> {
    try {
      await this.#connection.run(how)
      return null
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      return error
    } finally {
      if (this.#connection.transaction() !== 'idle') await this.#connection.run('ROLLBACK')
    }
  }

  async #again(): Promise<void> {
    await this.#connection.run('ROLLBACK')
    await this.#connection.run('BEGIN')
    await this.#redo()
  }

  /** What says something else each time, by a sequence or keys that are drawn, may be refused now: from here on it is left out. */
  async #redo(): Promise<void> {
    for (const [at, text] of this.#done.entries())
      try {
        await runForeign(this.#connection, text)
      } catch (error) {
        if (!(error instanceof DatabaseError)) throw error
        this.#done.splice(at, 1)
        return this.#again()
      }
  }
}
