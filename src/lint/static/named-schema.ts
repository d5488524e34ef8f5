import type { Picture, PicturedColumn, PicturedRelation } from '../../trace/picture.ts'
import type { Effect, SchemaChange } from './effect.ts'

/** A schema of which nothing is known but what statements say of it: what is named and not made was there before. */
export class NamedSchema {
  readonly #relations = new Map<string, PicturedRelation>()
  /** What was there before, as far as it has been named. */
  readonly old = new Map<number, PicturedRelation>()
  #oid = 16384
  /** Of columns that are added: no column of before has one of these. */
  #number = 100_000

  /** The same schema before anything was done: with all that was found to have been there. */
  static before({ old }: NamedSchema): NamedSchema {
    const schema = new NamedSchema()
    for (const [oid, relation] of old) {
      schema.#relations.set(shownName(relation), relation)
      schema.old.set(oid, relation)
      schema.#oid = Math.max(schema.#oid, oid + 1)
    }
    return schema
  }

  picture(): Picture {
    return new Map([...this.#relations.values()].map((relation) => [relation.oid, relation]))
  }

  find(name: string): PicturedRelation | undefined {
    return this.#relations.get(name)
  }

  has(name: string, column: string | null): boolean {
    const relation = this.#relations.get(name)
    return relation !== undefined && (column === null || relation.columns.some((one) => one.name === column))
  }

  /** All that is named and not made is there. */
  know({ locks = [], rewrites = [], scans = [], changes = [] }: Effect): void {
    for (const name of [...locks.map(({ relation }) => relation), ...rewrites, ...scans]) this.#there(name)
    for (const change of changes) {
      if (change.is === 'column dropped' || change.is === 'column renamed')
        this.#column(change.relation, change.column)
    }
  }

  change(change: SchemaChange): void {
    const { relation: name } = change
    if (change.is === 'created') {
      this.#relations.set(name, { ...unknownRelation(name), oid: this.#oid++, kind: change.kind })
      return
    }
    const relation = this.#there(name)
    if (change.is === 'dropped') this.#relations.delete(name)
    else if (change.is === 'renamed') {
      this.#relations.delete(name)
      this.#relations.set(change.to, { ...relation, ...partsOf(change.to) })
    } else this.#relations.set(name, changed(relation, change, ++this.#number))
  }

  #there(name: string): PicturedRelation {
    const known = this.#relations.get(name)
    if (known !== undefined) return known
    const relation = { ...unknownRelation(name), oid: this.#oid++ }
    this.#relations.set(name, relation)
    this.old.set(relation.oid, relation)
    return relation
  }

  #column(name: string, column: string): void {
    const relation = this.#there(name)
    if (relation.columns.some((one) => one.name === column)) return
    const number = 1 + (this.old.get(relation.oid)?.columns.length ?? relation.columns.length)
    const added = {
      number,
      name: column,
      type: 'unknown',
      notNull: false,
      isFilled: true,
      isGenerated: false,
    }
    const known = { ...relation, columns: [...relation.columns, added] }
    this.#relations.set(name, known)
    const first = this.old.get(relation.oid)
    if (first !== undefined) this.old.set(relation.oid, { ...first, columns: [...first.columns, added] })
  }
}

function changed(
  relation: PicturedRelation,
  change: Exclude<SchemaChange, { is: 'created' | 'dropped' | 'renamed' }>,
  number: number,
): PicturedRelation {
  const { columns, policies, openPolicies, openInserts } = relation
  switch (change.is) {
    case 'secured':
      return { ...relation, rowSecurity: true }
    case 'policy':
      return {
        ...relation,
        policies: policies + 1,
        openPolicies: openPolicies + Number(change.isOpen),
        openInserts: openInserts + Number(change.isOpen),
      }
    case 'column added': {
      const { column: name, notNull, isFilled } = change
      const added: PicturedColumn = { number, name, type: 'unknown', notNull, isFilled, isGenerated: false }
      return { ...relation, columns: [...columns, added] }
    }
    case 'column dropped':
      return { ...relation, columns: columns.filter(({ name }) => name !== change.column) }
    case 'column renamed':
      return {
        ...relation,
        columns: columns.map((one) => (one.name === change.column ? { ...one, name: change.to } : one)),
      }
  }
}

function partsOf(name: string): Pick<PicturedRelation, 'schema' | 'name'> {
  const [schema, own] = name.includes('.') ? name.split('.') : ['public', name]
  return { schema: schema ?? 'public', name: own ?? name }
}

function shownName({ schema, name }: PicturedRelation): string {
  return schema === 'public' ? name : `${schema}.${name}`
}

function unknownRelation(name: string): PicturedRelation {
  return {
    oid: 0,
    ...partsOf(name),
    kind: 'r',
    isTemporary: false,
    file: 1,
    rowSecurity: false,
    policies: 0,
    openPolicies: 0,
    openInserts: 0,
    shown: null,
    readers: 0,
    admitted: null,
    restrictions: 0,
    isFilledByTrigger: false,
    parents: [],
    table: null,
    isValid: true,
    keys: [],
    columns: [],
  }
}
