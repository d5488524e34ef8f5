import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Two schemas, of which one has to become the other, and that one the first again. */
export type Pair = {
  readonly name: string
  readonly from: string
  readonly to: string
  /** What has another name: `users.mail=email`. */
  readonly renames: readonly string[]
  /** PostgreSQL's major version from which on it works, and the last with which it does. */
  readonly since: number
  readonly until: number
  /** Why the embedded database cannot run it, where it cannot. */
  readonly notEmbedded: string | null
  /** Rows of the first schema, and a query that gives the same before and after. */
  readonly rows: string
  readonly same: string | null
  /** Why there is no way back, where there is none. */
  readonly oneWay: string | null
  /** Why it is refused, where it is: a part of the message. */
  readonly refused: string | null
}

const folder = join(import.meta.dirname, 'corpus')

/** All pairs, by the files in which they stand. */
export const pairs: readonly Pair[] = globSync('**/*.sql', { cwd: folder })
  .sort()
  .flatMap((file) => pairsOf(file, readFileSync(join(folder, file), 'utf8')))

function pairsOf(file: string, text: string): readonly Pair[] {
  return text
    .split(/^-- case: /m)
    .slice(1)
    .map((part) => {
      const [head = '', from, to] = part.split(/^-- (?:from|to)$/m)
      if (from === undefined || to === undefined)
        throw new Error(`${file}: a case has no from or no to: ${head}`)
      const [title = '', ...options] = head.trim().split('\n')
      const said = (name: string) =>
        options.flatMap((line) =>
          line.startsWith(`-- ${name}: `) ? [line.slice(name.length + 5).trim()] : [],
        )
      return {
        name: `${file.replace(/\.sql$/, '')}: ${title.trim()}`,
        from,
        to,
        renames: said('rename'),
        since: Number(said('since')[0] ?? 0),
        until: Number(said('until')[0] ?? 99),
        notEmbedded: said('not embedded')[0] ?? null,
        rows: said('rows').join(';\n'),
        same: said('same')[0] ?? null,
        oneWay: said('one way')[0] ?? null,
        refused: said('refused')[0] ?? null,
      }
    })
}
