import { type CreateLanguage, createLanguage, replaceLanguage } from '../operations/language.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { functionReferenceOf, type ObjectNameRow, objectNameRow } from './object-name.ts'
import { firstUserOid, made } from './scope.ts'

type Found = {
  readonly name: string
  readonly trusted: boolean
  readonly handler: ObjectNameRow
  readonly inline: ObjectNameRow | null
  readonly validator: ObjectNameRow | null
}

export const language = objectKind<CreateLanguage, Found>({
  kind: 'language',
  traces: made('pg_language'),
  query: ({
    ofNoExtension,
  }) => `SELECT 'pg_language'::regclass::oid AS classid, l.oid AS objid, 0 AS objsubid, l.lanname AS name, l.lanpltrusted AS trusted,
      ${objectNameRow('function', 'l.lanplcallfoid')} AS handler, ${objectNameRow('function', 'l.laninline')} AS inline, ${objectNameRow('function', 'l.lanvalidator')} AS validator
    FROM pg_language l WHERE l.oid >= ${firstUserOid} AND l.lanispl AND ${ofNoExtension('pg_language', 'l.oid')} ORDER BY l.lanname`,
  read: ({ name, trusted, handler, inline, validator }, { inSchema }) => ({
    key: keyOf('language', name),
    reference: { language: name },
    fields: {
      name,
      handler: functionReferenceOf(handler, inSchema),
      ...(inline === null ? {} : { inline: functionReferenceOf(inline, inSchema) }),
      ...(validator === null ? {} : { validator: functionReferenceOf(validator, inSchema) }),
      ...(trusted ? { trusted: true } : {}),
    },
  }),
  create: (fields) => [createLanguage(fields)],
  change({ name: _, ...was }, after) {
    return [replaceLanguage({ ...after, was })]
  },
})
