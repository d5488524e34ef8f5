import { createEnum, dropCollation, dropEnum, dropRangeType } from '../../src/operations/registry.ts'
import { further } from './further.ts'

/** Collations, ranges and enums that were made by hand: what `was` says of them is all that there is to say. */
export const furtherCollations = [
  ...further(
    dropCollation,
    {
      given: `CREATE SCHEMA app; CREATE COLLATION app."My order"
        (PROVIDER = icu, LOCALE = 'de-u-ks-level2', DETERMINISTIC = false, RULES = '&a < g', VERSION = '1')`,
      since: 16,
      notEmbedded: 'it has no ICU',
      fields: {
        schema: 'app',
        name: 'My order',
        was: {
          provider: 'icu',
          locale: 'de-u-ks-level2',
          deterministic: false,
          rules: '&a < g',
          version: '1',
        },
      },
    },
    {
      given: 'CREATE COLLATION c FROM "POSIX"',
      fields: { name: 'c', was: { provider: 'libc', locale: 'POSIX' } },
    },
    { given: 'CREATE COLLATION c FROM "POSIX"', fields: { name: 'c', was: { from: 'POSIX' } } },
    {
      given: "CREATE COLLATION c (PROVIDER = builtin, LOCALE = 'C.UTF-8')",
      since: 17,
      fields: { name: 'c', was: { provider: 'builtin', locale: 'C.UTF-8' } },
    },
    { given: 'CREATE COLLATION c FROM "C"', fields: { name: 'c' } },
  ),
  ...further(
    dropRangeType,
    {
      given: `CREATE SCHEMA app; CREATE TYPE app.floats AS RANGE (SUBTYPE = float8, SUBTYPE_OPCLASS = float8_ops,
        SUBTYPE_DIFF = float8mi, MULTIRANGE_TYPE_NAME = app."Many floats")`,
      since: 14,
      fields: {
        schema: 'app',
        name: 'floats',
        was: {
          subtype: 'double precision',
          subtypeOperatorClass: 'float8_ops',
          subtypeDiff: 'float8mi',
          multirangeTypeName: { schema: 'app', name: 'Many floats' },
        },
      },
    },
    {
      given:
        'CREATE TYPE words AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops, COLLATION = "C")',
      fields: {
        name: 'words',
        was: { subtype: 'text', subtypeOperatorClass: 'text_pattern_ops', collation: 'C' },
      },
    },
    {
      given: `CREATE TYPE days; CREATE FUNCTION first_days(days) RETURNS days LANGUAGE internal IMMUTABLE STRICT
        AS 'daterange_canonical'; CREATE TYPE days AS RANGE (SUBTYPE = date, CANONICAL = first_days)`,
      fields: { name: 'days', cascade: true },
    },
    { given: 'CREATE TYPE words AS RANGE (SUBTYPE = text)', fields: { name: 'words' } },
  ),
  ...further(dropEnum, {
    given: `CREATE SCHEMA "My App"; CREATE TYPE "My App"."Mood" AS ENUM ('a'); CREATE TABLE people (m "My App"."Mood")`,
    fields: { schema: 'My App', name: 'Mood', cascade: true },
    locks: [{ table: 'people', mode: 'AccessExclusive' }],
  }),
  ...further(createEnum, {
    given: 'CREATE SCHEMA "My App"',
    fields: { schema: 'My App', name: 'No labels', values: [] },
  }),
]
