import { type CreateConversion, createConversion } from '../operations/conversion.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { type ObjectNameRow, objectNameOf, objectNameRow, placeOf } from './object-name.ts'
import { made } from './scope.ts'

type Found = {
  readonly schema: string
  readonly name: string
  /** Whether the bare name finds it. */
  readonly visible: boolean
  readonly source: string
  readonly target: string
  readonly function: ObjectNameRow
  readonly is_default: boolean
}

export const conversion = objectKind<CreateConversion, Found>({
  kind: 'conversion',
  traces: made('pg_conversion'),
  query: ({
    isOurs,
    ofNoExtension,
  }) => `SELECT 'pg_conversion'::regclass::oid AS classid, o.oid AS objid, 0 AS objsubid, n.nspname AS schema, o.conname AS name, pg_conversion_is_visible(o.oid) AS visible,
      pg_encoding_to_char(o.conforencoding) AS source, pg_encoding_to_char(o.contoencoding) AS target,
      ${objectNameRow('function', 'o.conproc')} AS function, o.condefault AS is_default
    FROM pg_conversion o JOIN pg_namespace n ON n.oid = o.connamespace
    WHERE ${isOurs('n.nspname')} AND ${ofNoExtension('pg_conversion', 'o.oid')}
    ORDER BY n.nspname, o.conname`,
  read: ({ schema, name, visible, source, target, function: row, is_default }, { inSchema }) => {
    const place = placeOf({ schema, name, visible }, inSchema)
    const found = objectNameOf(row, inSchema)
    const { name: called, ...where } = typeof found === 'string' ? { name: found } : found
    return {
      key: keyOf('conversion', schema, name),
      reference: { ...place, conversion: name },
      fields: {
        ...place,
        name,
        for: source,
        to: target,
        function: { ...where, function: called },
        ...(is_default ? { default: true } : {}),
      },
    }
  },
  create: (fields) => [createConversion(fields)],
  change: () => null,
})
