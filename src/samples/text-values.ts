/** How long a text without a declared length is at most, and how much of a very long declared one is used. */
const [longest, longestDeclared] = [300, 10_000]

const words = ['Sample', 'alpha', 'OMEGA', 'value']

/** The characters that a type holds; null where it declares no length. `name` holds 63 bytes, and "char" one. */
export function declaredLength(base: string, modifier: number): number | null {
  if (base === 'name') return 63
  if (base === 'char') return 1
  return modifier >= 4 ? modifier - 4 : null
}

/** Texts of all lengths that fit, in mixed case, a few of them numbers. */
export function textVariety(length: number | null): readonly string[] {
  const fill = length === null ? longest : Math.min(length, longestDeclared)
  const texts = [
    'Sample text',
    'a',
    filled('Long ', fill),
    '',
    '42',
    'MiXed-Case_9',
    'lower case',
    'Z, "quoted" and \'so\'',
  ]
  return [...new Set(texts.map((text) => text.slice(0, length ?? text.length)))]
}

/** The n-th of texts of which no two are the same, not even where case does not matter; null where a short type has no more. */
export function textKey(length: number | null, n: number): string | null {
  const digits = n.toString(36)
  if (length !== null && length < 12)
    return digits.length > length ? null : digits.padStart(length > 3 ? 4 : length, '0')
  const text = `${words[n % words.length]}-${n}`
  const fill = length === null ? longest : Math.min(length, longestDeclared)
  return n % 8 === 2 ? filled(`${text} `, fill) : text
}

/** A text made long by more of the same, which PostgreSQL compresses where an index would not hold it. */
export function filled(text: string, length: number): string {
  return text.padEnd(length, 'lorem ipsum ').slice(0, length)
}
