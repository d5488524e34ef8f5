import { type CreateLanguage, createLanguage, replaceLanguage } from '../operations/language.ts'
import { keyOf } from './key.ts'
import { objectKind } from './object-kind.ts'
import { functionNameOf, functionReference, type NameRow } from './object-name.ts'
import { firstUserOid } from './scope.ts'

type Found = {
  readonly name: string
  readonly trusted: boolean
  readonly handler: NameRow
  readonly inline: NameRow | null
  readonly validator: NameRow | null
}

export const language = objectKind<CreateLanguage, Found>({
  kind: 'language',
  query: ({
    ofNoExtension,
  }) => `SELECT 'pg_language'::regclass::oid AS classid, l.oid AS objid, 0 AS objsubid, l.lanname AS name, l.lanpltrusted AS trusted,
      ${functionNameOf('l.lanplcallfoid')} AS handler, ${functionNameOf('l.laninline')} AS inline, ${functionNameOf('l.lanvalidator')} AS validator
    FROM pg_language l WHERE l.oid >= ${firstUserOid} AND l.lanispl AND ${ofNoExtension('pg_language', 'l.oid')} ORDER BY l.lanname`,
  read: ({ name, trusted, handler, inline, validator }, { inSchema }) => ({
    key: keyOf('language', name),
    reference: { language: name },
    fields: {
      name,
      handler: functionReference(handler, inSchema),
      ...(inline === null ? {} : { inline: functionReference(inline, inSchema) }),
      ...(validator === null ? {} : { validator: functionReference(validator, inSchema) }),
      ...(trusted ? { trusted: true } : {}),
    },
  }),
  create: (fields) => [createLanguage(fields)],
  change({ name: _, ...was }, after) {
    return [replaceLanguage({ ...after, was })]
  },
})
