import {
  type Checker,
  type Symbol as Named,
  ObjectFlags,
  SignatureKind,
  SymbolFlags,
  type Type,
  TypeFlags,
  type TypeReference,
} from 'typescript/unstable/sync'
import type { Shape } from '../../src/operations/shape.ts'
import { nothing, unionOf } from './union-shape.ts'

/** Makes shapes of types; those of named types are gathered by name. */
export function shaper(checker: Checker) {
  const named = new Map<string, Shape>()
  /** Names by the alias; files may each have a type of the same name. */
  const names = new Map<Named['id'], string>()

  /** A type with a name of its own is said once, under that name; it may hold itself. */
  function shapeOf(type: Type): Shape {
    const alias = type.getAliasSymbol()
    const composed = type.isUnionType() || type.isIntersectionType() || type.isObjectType()
    if (alias === undefined || !composed || type.getAliasTypeArguments().length > 0) return shapeOfType(type)
    const known = names.get(alias.id)
    if (known !== undefined) return { named: known }
    const name = freeName(alias.name, named)
    names.set(alias.id, name)
    named.set(name, 'any')
    named.set(name, shapeOfType(type))
    return { named: name }
  }

  function shapeOfType(type: Type): Shape {
    const { flags } = type
    if (flags & (TypeFlags.Any | TypeFlags.Unknown)) return 'any'
    if (flags & TypeFlags.Boolean) return 'boolean'
    if (type.isLiteralType()) return { literals: [literalOf(type.value)] }
    if (flags & TypeFlags.StringLike) return 'string'
    if (flags & TypeFlags.NumberLike) return 'number'
    if (flags & TypeFlags.BigIntLike) return 'bigint'
    if (flags & TypeFlags.Null) return 'null'
    if (type.isUnionType()) return shapeOfUnion(type.getTypes())
    if (type.isIntersectionType()) {
      const primitive = type.getTypes().find((part) => !part.isObjectType())
      // `string & {}`, by which a union keeps its literals for the editor; and what is left of two unions, which nothing is.
      if (primitive !== undefined) return isEmpty(type.getTypes()) ? shapeOfType(primitive) : nothing
    }
    return shapeOfObject(type)
  }

  function isEmpty(parts: readonly Type[]): boolean {
    return parts.every((part) => !part.isObjectType() || checker.getPropertiesOfType(part).length === 0)
  }

  function shapeOfUnion(types: readonly Type[]): Shape {
    return unionOf(types.filter(({ flags }) => !(flags & TypeFlags.Undefined)).map(shapeOf))
  }

  function shapeOfObject(type: Type): Shape {
    if (checker.isTupleType(type)) {
      const items = checker.getTypeArguments(type as TypeReference)
      return { listOf: unionOf(items.map(shapeOf)), atLeast: 1 }
    }
    const name = type.getSymbol()?.name
    if (name === 'Array' || name === 'ReadonlyArray') {
      const [item] = checker.getTypeArguments(type as TypeReference)
      return { listOf: item === undefined ? 'any' : shapeOf(item) }
    }
    if (checker.getSignaturesOfType(type, SignatureKind.Call).length > 0) return 'function'
    if (isClass(type)) return 'object'
    return shapeOfFields(type)
  }

  function shapeOfFields(type: Type): Shape {
    const fields: { [name: string]: Shape } = {}
    const optional: { [name: string]: Shape } = {}
    for (const property of checker.getPropertiesOfType(type)) {
      const held = checker.getTypeOfSymbol(property)
      const isOptional = (property.flags & SymbolFlags.Optional) !== 0
      if (held === undefined || held.flags & (TypeFlags.Never | TypeFlags.Undefined)) {
        // What has to be there and cannot be: there is no such object.
        if (!isOptional) return nothing
        continue
      }
      const group = isOptional ? optional : fields
      group[property.name] = shapeOf(held)
    }
    const [index] = checker.getIndexInfosOfType(type)
    // Types that contradict each other have no property in common.
    if (type.isIntersectionType() && checker.getPropertiesOfType(type).length === 0 && index === undefined)
      return nothing
    return {
      fields,
      ...(Object.keys(optional).length === 0 ? {} : { optional }),
      ...(index === undefined ? {} : { others: shapeOf(index.valueType) }),
    }
  }

  return { shapeOf, named }
}

/** A name that no other shape has. */
function freeName(name: string, taken: ReadonlyMap<string, Shape>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name}${n}`
    if (!taken.has(candidate)) return candidate
  }
}

/** Whether it is of a class or an interface: Date, an iterable. Fields are never such. */
function isClass(type: Type): boolean {
  if (!type.isObjectType()) return false
  if (type.objectFlags & ObjectFlags.ClassOrInterface) return true
  const symbol = type.getSymbol()
  return symbol !== undefined && (symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface)) !== 0
}

function literalOf(value: string | number | boolean | bigint): string | number | boolean {
  if (typeof value === 'bigint') throw new Error(`A bigint cannot be a literal of a field: ${value}.`)
  return value
}
