import { LimbeckError } from '../error.ts'

/** PostgreSQL keeps this many bytes of a name (NAMEDATALEN - 1) and cuts the rest off with no more than a notice. */
export const maximumIdentifierBytes = 63

/** A name that PostgreSQL cannot hold as it is written. */
export class InvalidIdentifier extends LimbeckError {
  readonly code = 'INVALID_IDENTIFIER'
  readonly identifier: string

  constructor(identifier: string, reason: string, hint: string) {
    super(`The name ${JSON.stringify(identifier)} ${reason}.`, { hint })
    this.identifier = identifier
  }
}

/**
 * A name as it stands in SQL, always in double quotes, so that case, dots, spaces and reserved words are kept.
 * A name that PostgreSQL would cut off is refused: two such names could become one.
 */
export function quoteIdentifier(name: string): string {
  if (name === '') throw new InvalidIdentifier(name, 'is empty', 'Give it at least one character.')
  if (name.includes('\0')) {
    throw new InvalidIdentifier(name, 'holds a zero byte', 'PostgreSQL has no way to store it; remove it.')
  }
  const bytes = Buffer.byteLength(name)
  if (bytes > maximumIdentifierBytes) {
    throw new InvalidIdentifier(
      name,
      `has ${bytes} bytes, and PostgreSQL keeps ${maximumIdentifierBytes}`,
      'Shorten it: PostgreSQL would cut it off without an error.',
    )
  }
  return `"${name.replaceAll('"', '""')}"`
}

/** A name with its schema, if it has one: `"app"."users"`. Without one, the server's search_path decides. */
export function qualifiedName(object: {
  readonly schema?: string | undefined
  readonly name: string
}): string {
  const name = quoteIdentifier(object.name)
  return object.schema === undefined ? name : `${quoteIdentifier(object.schema)}.${name}`
}

/** Names in parentheses, as in a column list. */
export function columnList(names: readonly string[]): string {
  return `(${names.map(quoteIdentifier).join(', ')})`
}

/**
 * A name made of parts, for objects that Limbeck names itself. Kept as it is where it fits; otherwise cut, with a
 * digest of the whole at its end, so that two long names stay two. The digest is FNV-1a, which is stable everywhere.
 */
export function derivedName(...parts: readonly string[]): string {
  const whole = parts.join('_')
  if (Buffer.byteLength(whole) <= maximumIdentifierBytes) return whole
  const digest = fnv1a(whole).toString(16).padStart(8, '0')
  let kept = whole
  while (Buffer.byteLength(kept) > maximumIdentifierBytes - digest.length - 1)
    kept = [...kept].slice(0, -1).join('')
  return `${kept}_${digest}`
}

/** `derivedName` of one text as a function on the server, for scripts that learn the names when they run. */
export const derivedNameFunction = `CREATE OR REPLACE FUNCTION pg_temp.limbeck_derived_name(whole text) RETURNS text LANGUAGE plpgsql AS $limbeck$
DECLARE
  bytes bytea := convert_to(whole, 'UTF8');
  digest bigint := 2166136261;
  kept text := whole;
BEGIN
  IF octet_length(bytes) <= ${maximumIdentifierBytes} THEN
    RETURN whole;
  END IF;
  FOR n IN 0 .. octet_length(bytes) - 1 LOOP
    digest := ((digest # get_byte(bytes, n)) * 16777619) % 4294967296;
  END LOOP;
  WHILE octet_length(kept) > ${maximumIdentifierBytes - 9} LOOP
    kept := left(kept, -1);
  END LOOP;
  RETURN kept || '_' || lpad(to_hex(digest), 8, '0');
END
$limbeck$`

function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash
}
