import { type OwnedObject, setOwner } from '../operations/owner.ts'
import { ownerKey, privilegeKeys } from './key.ts'
import { objectKind } from './object-kind.ts'

type Owner = { readonly of: OwnedObject; readonly to: string }

type Found = {
  readonly of_class: number
  readonly of_object: number
  readonly owner: string
  /** Who looks, and owned what is given to another. */
  readonly looker: string
}

/** The catalogs of what has an owner of its own, with their columns for it. A sequence of a column belongs to who has the table. */
const owned: readonly (readonly [catalog: string, column: string, condition?: string])[] = [
  ['pg_namespace', 'nspowner'],
  [
    'pg_class',
    'relowner',
    `relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S') AND NOT (relkind = 'S' AND EXISTS (SELECT FROM pg_depend
      WHERE classid = 'pg_class'::regclass AND objid = o.oid AND deptype IN ('a', 'i') AND refobjsubid > 0))`,
  ],
  ['pg_type', 'typowner'],
  ['pg_proc', 'proowner'],
  ['pg_collation', 'collowner'],
  ['pg_conversion', 'conowner'],
  ['pg_operator', 'oprowner'],
  ['pg_opclass', 'opcowner'],
  ['pg_opfamily', 'opfowner'],
  ['pg_statistic_ext', 'stxowner'],
  ['pg_ts_config', 'cfgowner'],
  ['pg_ts_dict', 'dictowner'],
  ['pg_language', 'lanowner'],
  ['pg_event_trigger', 'evtowner'],
  ['pg_publication', 'pubowner'],
  ['pg_foreign_data_wrapper', 'fdwowner'],
  ['pg_foreign_server', 'srvowner'],
]

/** The owner of an object, where it is not who looks: what is made belongs to who makes it. */
export const owner = objectKind<Owner, Found>({
  kind: 'owner',
  about: 'owners',
  query: () =>
    `SELECT of_class, of_object, pg_get_userbyid(owner) AS owner, current_user AS looker FROM (${owned
      .map(
        ([catalog, column, condition = 'true']) =>
          `SELECT '${catalog}'::regclass::oid AS of_class, o.oid AS of_object, ${column} AS owner FROM ${catalog} o WHERE ${condition}`,
      )
      .join(
        ' UNION ALL ',
      )}) found WHERE pg_get_userbyid(owner) <> current_user AND of_object >= 16384 ORDER BY of_class, of_object`,
  read(row, { at }) {
    const object = at({ classid: row.of_class, objid: row.of_object, objsubid: 0 })
    if (object?.reference === undefined) return null
    return {
      key: ownerKey(object.key),
      parent: object.key,
      // Who becomes the owner has what owners have, whatever was granted before.
      excludes: [...privilegeKeys(row.owner, object.key), ...privilegeKeys(row.looker, object.key)],
      // It is only made where it can be named, and what can be named and has an owner is of these kinds.
      fields: { of: object.reference as OwnedObject, to: row.owner },
    }
  },
  create: (fields) => [setOwner({ ...fields, was: 'CURRENT_USER' })],
  change: (before, after) => [setOwner({ ...after, was: before.to })],
  bearsChange: true,
})
