import { type CreateTextSearchParser, createTextSearchParser } from '../operations/text-search-parser.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow, placeOf } from './object-name.ts'
import { made } from './scope.ts'

type Found = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  readonly start: ObjectNameRow
  readonly token: ObjectNameRow
  readonly end: ObjectNameRow
  readonly types: ObjectNameRow
  readonly headline: ObjectNameRow | null
}

export const textSearchParser = objectKind<CreateTextSearchParser, Found>({
  kind: 'text search parser',
  traces: made('pg_ts_parser'),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_ts_parser'::regclass::oid AS classid, o.oid AS objid, 0 AS objsubid, n.nspname AS schema, o.prsname AS name, pg_ts_parser_is_visible(o.oid) AS visible,
      ${objectNameRow('function', 'o.prsstart')} AS start, ${objectNameRow('function', 'o.prstoken')} AS token,
      ${objectNameRow('function', 'o.prsend')} AS "end", ${objectNameRow('function', 'o.prslextype')} AS types,
      ${objectNameRow('function', 'o.prsheadline')} AS headline
    FROM pg_ts_parser o JOIN pg_namespace n ON n.oid = o.prsnamespace
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_ts_parser', 'o.oid')}
    ORDER BY n.nspname, o.prsname`,
  read: ({ schema, name, visible, start, token, end, types, headline }, { inSchema }) => ({
    key: keyOf('text search parser', schema, name),
    reference: { ...placeOf({ schema, name, visible }, inSchema), textSearchParser: name },
    fields: {
      ...placeOf({ schema, name, visible }, inSchema),
      name,
      start: objectNameOf(start, inSchema),
      getToken: objectNameOf(token, inSchema),
      end: objectNameOf(end, inSchema),
      lexTypes: objectNameOf(types, inSchema),
      ...(headline === null ? {} : { headline: objectNameOf(headline, inSchema) }),
    },
  }),
  create: (fields) => [createTextSearchParser(fields)],
  change: () => null,
})
