import { refuse } from '../python/evaluation.ts'
import { floatText, str } from '../python/text.ts'
import { Dict, Float, List, Tuple, type Value } from '../python/value.ts'

/** `json.dumps(value)`, with Python's spaces; it escapes what is not ASCII. */
export function jsonText(value: Value, compact = false): string {
  const [comma, colon] = compact ? [',', ':'] : [', ', ': ']
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return textLiteral(value)
  if (value instanceof Float) return floatText(value.value)
  if (value instanceof List || value instanceof Tuple)
    return `[${value.items.map((item) => jsonText(item, compact)).join(comma)}]`
  if (value instanceof Dict) {
    const members = [...value.entries.values()].map(
      ([key, member]) => `${textLiteral(jsonKey(key))}${colon}${jsonText(member, compact)}`,
    )
    return `{${members.join(comma)}}`
  }
  return refuse('a value that has no JSON')
}

function jsonKey(key: Value): string {
  return typeof key === 'boolean' || key === null ? jsonText(key) : str(key)
}

function textLiteral(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
