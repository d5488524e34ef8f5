import { type Connection, DatabaseError } from '../connection/connection.ts'
import { runForeign } from '../connection/prepared.ts'
import type { Block } from './block.ts'

/** Statements that make what an error says is missing, and no migration makes: a role; none where there is no such. */
export type MakingOf = (error: unknown) => readonly string[]

type Where = { readonly connection: Connection; readonly makingOf: MakingOf }

/** Runs a statement in a block; what is of a whole server, and nobody has made here, is made outside of it. The error that is left. */
export async function runInBlock(block: Block, text: string, where: Where): Promise<DatabaseError | null> {
  const made = new Set<string>()
  for (;;) {
    const error = await block.run(text)
    const making = makingHere(error, where)
    if (making.length === 0 || made.has(making.join('; '))) return error
    made.add(making.join('; '))
    await block.outside(making)
  }
}

/** The same for a statement that is sent by itself. */
export async function runBySelf(
  text: string,
  where: Where,
  isAgain: boolean = false,
): Promise<DatabaseError | null> {
  try {
    await runForeign(where.connection, text)
    return null
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    const making = isAgain ? [] : makingHere(error, where)
    for (const one of making) await where.connection.run(one)
    return making.length > 0 ? runBySelf(text, where, true) : error
  }
}

function makingHere(error: unknown, { connection, makingOf }: Where): readonly string[] {
  return connection.embedded && error !== null ? makingOf(error) : []
}
