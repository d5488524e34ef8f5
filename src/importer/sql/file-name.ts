/** The moment that a migration's number says, where it is one: `20240131120000`, with milliseconds too, or milliseconds since 1970. */
export function dateOf(number: string): string | null {
  const written = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\d{3})?$/.exec(number)
  if (written !== null) {
    const [, year, month, day, hour, minute, second] = written
    return isoOf(new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`))
  }
  if (/^\d{13}$/.test(number)) return isoOf(new Date(Number(number)))
  return /^\d{10}$/.test(number) ? isoOf(new Date(Number(number) * 1000)) : null
}

function isoOf(date: Date): string | null {
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('.000Z', 'Z')
}

/** What a file's name says beside its number: `add_users` is "add users". */
export function messageOf(words: string): string {
  return words.replaceAll(/[_-]+/g, ' ').trim()
}

/** The name of a file without its folders and its extension. */
export function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
}

/** Sorted by what each gives, by code units: as most tools sort the names of files. */
export function sortedBy<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}
