import { Residual } from '../python/value.ts'
import { raw } from '../sqlalchemy/piece.ts'
import type { Context } from './context.ts'
import { ask } from './execute.ts'

/** What Python makes anew at each run: the database is asked for it, so that a run that goes on has the same. */
const questions: { readonly [name: string]: { readonly sql: string; readonly sort: 'text' | 'date' } } = {
  'uuid.uuid4': { sql: 'gen_random_uuid()::text', sort: 'text' },
  'uuid.uuid1': { sql: 'gen_random_uuid()::text', sort: 'text' },
  'datetime.datetime.now': { sql: 'localtimestamp::text', sort: 'text' },
  'datetime.datetime.utcnow': { sql: "(now() AT TIME ZONE 'utc')::text", sort: 'text' },
  'datetime.date.today': { sql: 'current_date::text', sort: 'text' },
}

/** Null for a function that is none of these. */
export function askValue(name: string, context: Context): Residual | null {
  const question = Object.hasOwn(questions, name) ? questions[name] : undefined
  if (question === undefined) return null
  const rows = ask(raw(`SELECT ${question.sql} AS value`), ['value'], context)
  return new Residual(`${rows.code}[0].value`, { sort: question.sort, queries: rows.queries, simple: true })
}
