import { isDeepStrictEqual } from 'node:util'
import { inSchema } from '../operations/relation.ts'
import {
  alterTextSearchDictionary,
  type CreateTextSearchDictionary,
  createTextSearchDictionary,
} from '../operations/text-search-dictionary.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow, placeOf } from './object-name.ts'
import { parameterChanges } from './parameters.ts'
import { made } from './scope.ts'
import { textSearchOptions } from './text-search-options.ts'

type Found = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  readonly template: ObjectNameRow
  readonly options: string | null
}

export const textSearchDictionary = objectKind<CreateTextSearchDictionary, Found>({
  kind: 'text search dictionary',
  traces: made('pg_ts_dict'),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_ts_dict'::regclass::oid AS classid, o.oid AS objid, 0 AS objsubid, n.nspname AS schema, o.dictname AS name, pg_ts_dict_is_visible(o.oid) AS visible,
      ${objectNameRow('text search template', 'o.dicttemplate')} AS template, o.dictinitoption AS options
    FROM pg_ts_dict o JOIN pg_namespace n ON n.oid = o.dictnamespace
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_ts_dict', 'o.oid')}
    ORDER BY n.nspname, o.dictname`,
  read: ({ schema, name, visible, template, options }, { inSchema }) => ({
    key: keyOf('text search dictionary', schema, name),
    reference: { ...placeOf({ schema, name, visible }, inSchema), textSearchDictionary: name },
    fields: {
      ...placeOf({ schema, name, visible }, inSchema),
      name,
      template: objectNameOf(template, inSchema),
      ...(options === null || options === '' ? {} : { options: textSearchOptions(options) }),
    },
  }),
  create: (fields) => [createTextSearchDictionary(fields)],
  change(before, after) {
    if (!isDeepStrictEqual(before.template, after.template)) return null
    const { schema, name } = after
    return [
      alterTextSearchDictionary({
        ...inSchema({ schema }),
        name,
        options: parameterChanges(before.options, after.options) ?? {},
        was: { options: parameterChanges(after.options, before.options) ?? {} },
      }),
    ]
  },
})
