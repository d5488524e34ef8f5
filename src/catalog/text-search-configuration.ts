import { isDeepStrictEqual } from 'node:util'
import type { ObjectName } from '../operations/object-name.ts'
import { inSchema } from '../operations/relation.ts'
import {
  alterTextSearchConfiguration,
  createTextSearchConfiguration,
  type TextSearchConfiguration,
  type TextSearchMapping,
} from '../operations/text-search-configuration.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow, placeOf } from './object-name.ts'
import { made } from './scope.ts'

type Configuration = TextSearchConfiguration & { readonly schema?: string; readonly name: string }

type Found = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  readonly parser: ObjectNameRow
  /** Of every token type that has any, in the parser's order. */
  readonly mappings: readonly (readonly [token: string, dictionaries: readonly ObjectNameRow[]])[] | null
}

export const textSearchConfiguration = objectKind<Configuration, Found>({
  kind: 'text search configuration',
  traces: made('pg_ts_config'),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_ts_config'::regclass::oid AS classid, o.oid AS objid, 0 AS objsubid, n.nspname AS schema, o.cfgname AS name, pg_ts_config_is_visible(o.oid) AS visible,
      ${objectNameRow('text search parser', 'o.cfgparser')} AS parser,
      (SELECT json_agg(json_build_array(alias, (SELECT json_agg(${objectNameRow('text search dictionary', 'mapdict')} ORDER BY mapseqno)
          FROM pg_ts_config_map WHERE mapcfg = o.oid AND maptokentype = tokid)) ORDER BY tokid)
        FROM ts_token_type(o.cfgparser) WHERE tokid IN (SELECT maptokentype FROM pg_ts_config_map WHERE mapcfg = o.oid)) AS mappings
    FROM pg_ts_config o JOIN pg_namespace n ON n.oid = o.cfgnamespace
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_ts_config', 'o.oid')}
    ORDER BY n.nspname, o.cfgname`,
  read({ schema, name, visible, parser, mappings }, { inSchema }) {
    const pairs = (mappings ?? []).map(
      ([token, dictionaries]): Mapped => [
        token,
        dictionaries.map((dictionary) => objectNameOf(dictionary, inSchema)),
      ],
    )
    return {
      key: keyOf('text search configuration', schema, name),
      reference: { ...placeOf({ schema, name, visible }, inSchema), textSearchConfiguration: name },
      fields: {
        ...placeOf({ schema, name, visible }, inSchema),
        name,
        parser: objectNameOf(parser, inSchema),
        ...(pairs.length === 0 ? {} : { mappings: together(pairs) }),
      },
    }
  },
  create: (fields) => [createTextSearchConfiguration(fields)],
  change(before, after) {
    if (!isDeepStrictEqual(before.parser, after.parser)) return null
    const { schema, name } = after
    const [old, now] = [byToken(before), byToken(after)]
    const kept = [...now].filter(([token]) => old.has(token))
    const altered = kept.filter(([token, to]) => !isDeepStrictEqual(to, old.get(token)))
    const added = [...now].filter(([token]) => !old.has(token))
    const dropped = [...old].filter(([token]) => !now.has(token))
    const changed = new Set([...altered, ...dropped].map(([token]) => token))
    const was = [...old].filter(([token]) => changed.has(token))
    const change = {
      ...(added.length === 0 ? {} : { add: together(added) }),
      ...(altered.length === 0 ? {} : { alter: together(altered) }),
      ...(dropped.length === 0 ? {} : { drop: dropped.map(([token]) => token) }),
      ...(was.length === 0 ? {} : { was: { mappings: together(was) } }),
    }
    return [
      alterTextSearchConfiguration({
        ...inSchema({ schema }),
        name,
        ...change,
      } as never),
    ]
  },
})

/** A token type with the dictionaries that are asked for it. */
type Mapped = readonly [token: string, dictionaries: readonly ObjectName[]]

function byToken({ mappings = [] }: Configuration): ReadonlyMap<string, readonly ObjectName[]> {
  return new Map(
    mappings.flatMap(({ tokens, dictionaries }) => tokens.map((token): Mapped => [token, dictionaries])),
  )
}

/** Token types of the same dictionaries in one, as a person says it. */
function together(pairs: readonly Mapped[]): readonly TextSearchMapping[] {
  const mappings: { tokens: string[]; dictionaries: readonly ObjectName[] }[] = []
  for (const [token, dictionaries] of pairs) {
    const found = mappings.find((mapping) => isDeepStrictEqual(mapping.dictionaries, dictionaries))
    if (found === undefined) mappings.push({ tokens: [token], dictionaries })
    else found.tokens.push(token)
  }
  return mappings
}
