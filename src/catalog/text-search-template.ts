import {
  type CreateTextSearchTemplate,
  createTextSearchTemplate,
} from '../operations/text-search-template.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow, placeOf } from './object-name.ts'
import { made } from './scope.ts'

type Found = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  readonly init: ObjectNameRow | null
  readonly lexize: ObjectNameRow
}

export const textSearchTemplate = objectKind<CreateTextSearchTemplate, Found>({
  kind: 'text search template',
  traces: made('pg_ts_template'),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_ts_template'::regclass::oid AS classid, o.oid AS objid, 0 AS objsubid, n.nspname AS schema, o.tmplname AS name, pg_ts_template_is_visible(o.oid) AS visible,
      ${objectNameRow('function', 'o.tmplinit')} AS init, ${objectNameRow('function', 'o.tmpllexize')} AS lexize
    FROM pg_ts_template o JOIN pg_namespace n ON n.oid = o.tmplnamespace
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_ts_template', 'o.oid')}
    ORDER BY n.nspname, o.tmplname`,
  read: ({ schema, name, visible, init, lexize }, { inSchema }) => ({
    key: keyOf('text search template', schema, name),
    reference: { ...placeOf({ schema, name, visible }, inSchema), textSearchTemplate: name },
    fields: {
      ...placeOf({ schema, name, visible }, inSchema),
      name,
      ...(init === null ? {} : { init: objectNameOf(init, inSchema) }),
      lexize: objectNameOf(lexize, inSchema),
    },
  }),
  create: (fields) => [createTextSearchTemplate(fields)],
  change: () => null,
})
