import type { PossibleRename } from '../commands/prove.ts'
import { Misuse } from './options.ts'
import type { Style } from './style.ts'
import type { Input } from './verb.ts'

/** What `--rename OLD=NEW` says, by the old names; null where there is no new one. */
export function renamesOf(input: Input): { readonly [from: string]: string | null } {
  return Object.fromEntries((input.texts('rename') ?? []).map(renameOf))
}

function renameOf(text: string): readonly [string, string | null] {
  const at = text.lastIndexOf('=')
  if (at < 1) throw new Misuse(`--rename takes OLD=NEW, not ${text}`)
  const to = text.slice(at + 1)
  return [text.slice(0, at), to === '' ? null : to]
}

/** What is taken for gone, and may have another name, a line each. */
export function unclearLines(unclear: readonly PossibleRename[], style: Style): readonly string[] {
  return unclear.map(
    ({ from, to }) =>
      `${style.bad('!')} ${from} may be called ${to} now: then say ${style.strong(`--rename ${from}=${to}`)}`,
  )
}
