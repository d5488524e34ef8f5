/** A type with what its values are made of. */
export type SampleType = {
  /** As it stands in a cast, with its modifier: `numeric(8,2)`. */
  readonly name: string
  readonly form: TypeForm
}

export type TypeForm =
  /** One of PostgreSQL's own, by its name in pg_type; `modifier` is -1 where there is none. */
  | { readonly kind: 'base'; readonly base: string; readonly modifier: number }
  | { readonly kind: 'enum'; readonly labels: readonly string[] }
  | { readonly kind: 'array'; readonly of: SampleType }
  | { readonly kind: 'composite'; readonly fields: readonly SampleType[] }
  /** `make` is the function that makes a range of two bounds, or a multirange of a range. */
  | { readonly kind: 'range'; readonly of: SampleType; readonly make: string }
  | { readonly kind: 'multirange'; readonly of: SampleType; readonly make: string }
  /** The literals that the server has taken: of a domain with checks, of a type that only an extension knows. */
  | { readonly kind: 'listed'; readonly plain: readonly string[]; readonly keys: readonly string[] }
  /** Of no PostgreSQL that is known here: texts are tried. */
  | { readonly kind: 'unknown' }

/** A value of a type with its type said, as it can stand anywhere. */
export function typed(literal: string, type: SampleType): string {
  return `${literal}::${type.name}`
}

/** Whether a column of a type can have what a key of another has: it is of the same look, and not narrower. */
export function holds(type: SampleType, keyType: SampleType): boolean {
  const [{ form }, { form: keyForm }] = [type, keyType]
  if (form.kind !== 'base' || keyForm.kind !== 'base') return type.name === keyType.name
  const [width, keyWidth] = [form, keyForm].map(({ base }) => integers.indexOf(base))
  if (width !== undefined && keyWidth !== undefined && width >= 0 && keyWidth >= 0) return width >= keyWidth
  if (texts.includes(form.base) && texts.includes(keyForm.base))
    return form.modifier === -1 || (keyForm.modifier !== -1 && form.modifier >= keyForm.modifier)
  return form.base === keyForm.base
}

const integers = ['int2', 'int4', 'int8']
const texts = ['text', 'varchar', 'bpchar']
