/** A section of an ini file as Python's configparser reads it, `%(name)s` put in; null where there is none of that name. */
export function iniSection(
  text: string,
  section: string,
  defaults: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | null {
  const raw = readSections(text)
  const own = raw.get(section)
  if (own === undefined) return null
  const all = new Map([...defaults, ...(raw.get('DEFAULT') ?? []), ...own])
  return new Map([...all].map(([key, value]) => [key, interpolated(value, all, 0)]))
}

function readSections(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let current: Map<string, string> | undefined
  let key: string | undefined
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*[#;]/.test(line)) continue
    const header = /^\[([^\]]+)\]/.exec(line)?.[1]
    if (header !== undefined) {
      current = sections.get(header) ?? new Map()
      sections.set(header, current)
      key = undefined
    } else if (/^\s/.test(line) && key !== undefined && line.trim() !== '') {
      current?.set(key, `${current.get(key)}\n${line.trim()}`)
    } else {
      const pair = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line)
      key = pair?.[1]?.trim().toLowerCase()
      if (key !== undefined) current?.set(key, pair?.[2]?.replace(/\s[;#].*$/, '').trim() ?? '')
    }
  }
  return sections
}

function interpolated(value: string, all: ReadonlyMap<string, string>, depth: number): string {
  if (depth > 10) return value
  return value.replace(/%%|%\((\w+)\)s/g, (whole, name: string | undefined) => {
    if (name === undefined) return '%'
    const found = all.get(name.toLowerCase())
    return found === undefined ? whole : interpolated(found, all, depth + 1)
  })
}
