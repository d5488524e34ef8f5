/**
 * A text that a regular expression matches, as far as it is of the usual pieces: characters, classes, groups, alternatives and
 * repetitions. `n` says which of the characters and alternatives are taken, so that different ones give different texts.
 * Null for a pattern with anything else; whether PostgreSQL agrees is for it to say.
 */
export function matching(pattern: string, n: number): string | null {
  const reader = { pattern, at: 0, n }
  try {
    const text = alternatives(reader)
    return reader.at === pattern.length ? text : null
  } catch (error) {
    if (error instanceof UnknownPiece) return null
    throw error
  }
}

/** A text that a pattern of LIKE matches: `%` becomes some letters and the number. */
export function alike(pattern: string, n: number): string {
  return pattern.replaceAll(/\\?[\s\S]/g, (piece) => {
    if (piece === '%') return `x${n}`
    return piece === '_' ? 'a' : piece.replace(/^\\(?=.)/, '')
  })
}

class UnknownPiece extends Error {}

type Reader = { readonly pattern: string; at: number; n: number }

function alternatives(reader: Reader): string {
  const found = [sequence(reader)]
  while (reader.pattern[reader.at] === '|') {
    reader.at++
    found.push(sequence(reader))
  }
  return found[choice(reader, found.length)] ?? ''
}

function sequence(reader: Reader): string {
  let text = ''
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] ?? '')) {
    const start = reader.at
    piece(reader)
    const end = reader.at
    const times = repetitions(reader)
    const after = reader.at
    for (let time = 0; time < times; time++) {
      reader.at = start
      text += piece(reader)
    }
    reader.at = Math.max(after, end)
  }
  return text
}

/** One character, class or group, without how often it comes. */
function piece(reader: Reader): string {
  const character = reader.pattern[reader.at++] ?? ''
  if (character === '^' || character === '$') return ''
  if (character === '.') return oneOf(reader, letters + digits)
  if (character === '[') return oneOf(reader, characterClass(reader))
  if (character === '\\') return escaped(reader)
  if (character === '(') return group(reader)
  if ('*+?{'.includes(character)) throw new UnknownPiece()
  return character
}

const [letters, digits] = ['abcdefghijklmnopqrstuvwxyz', '0123456789']

function group(reader: Reader): string {
  const isLook = /^\?(?:=|!|<)/.test(reader.pattern.slice(reader.at))
  if (isLook) throw new UnknownPiece()
  if (reader.pattern.startsWith('?:', reader.at)) reader.at += 2
  const text = alternatives(reader)
  if (reader.pattern[reader.at++] !== ')') throw new UnknownPiece()
  return text
}

function escaped(reader: Reader): string {
  const character = reader.pattern[reader.at++] ?? ''
  if (character === 'd') return oneOf(reader, digits)
  if (character === 'w') return oneOf(reader, letters + digits)
  if (character === 's') return ' '
  if ('ymMAZ'.includes(character)) return ''
  if (/\w/.test(character)) throw new UnknownPiece()
  return character
}

const named: Readonly<Record<string, string>> = {
  alpha: letters,
  digit: digits,
  alnum: letters + digits,
  lower: letters,
  upper: letters.toUpperCase(),
  space: ' ',
  xdigit: `${digits}abcdef`,
}

/** What stands between brackets; of what is excluded, the letters and digits that are not. */
function characterClass(reader: Reader): string {
  const { pattern } = reader
  const isExcluded = pattern[reader.at] === '^'
  if (isExcluded) reader.at++
  let found = ''
  for (let first = true; first || pattern[reader.at] !== ']'; first = false) {
    if (reader.at >= pattern.length) throw new UnknownPiece()
    const [whole, name] = /^\[:(\w+):\]/.exec(pattern.slice(reader.at)) ?? []
    if (whole !== undefined) {
      reader.at += whole.length
      found += named[name ?? ''] ?? ''
      continue
    }
    const from = classCharacter(reader)
    const isSpan = pattern[reader.at] === '-' && pattern[reader.at + 1] !== ']' && from.length === 1
    if (isSpan) reader.at++
    found += isSpan ? span(from, classCharacter(reader)) : from
  }
  reader.at++
  return isExcluded ? [...(letters + digits)].filter((one) => !found.includes(one)).join('') : found
}

function classCharacter(reader: Reader): string {
  const character = reader.pattern[reader.at++] ?? ''
  if (character !== '\\') return character
  const next = reader.pattern[reader.at++] ?? ''
  if (next === 'd') return digits
  if (next === 'w') return letters + digits
  return next === 's' ? ' ' : next
}

function span(from: string, to: string): string {
  const [first, last] = [from.charCodeAt(0), Math.min(to.charCodeAt(0), from.charCodeAt(0) + 127)]
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, at) =>
    String.fromCharCode(first + at),
  ).join('')
}

/** How often the piece before comes: enough that it makes different texts, where it may. */
function repetitions(reader: Reader): number {
  const [whole = '', sign, least, comma, greatest] =
    /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(reader.pattern.slice(reader.at)) ?? []
  reader.at += whole.length
  if (whole === '') return 1
  if (sign === '?') return choice(reader, 2)
  if (sign !== undefined) return 4
  const [low, high] = [Number(least), comma === '' ? Number(least) : Number(greatest || Number(least) + 4)]
  return Math.min(Math.max(low, Math.min(high, 4)), 400)
}

/** A digit of `n`, in the base of how many there are to choose from. */
function choice(reader: Reader, count: number): number {
  const chosen = reader.n % count
  reader.n = Math.floor(reader.n / count)
  return chosen
}

function oneOf(reader: Reader, characters: string): string {
  if (characters === '') throw new UnknownPiece()
  return characters[choice(reader, characters.length)] ?? ''
}
