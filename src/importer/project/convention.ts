import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Modules } from '../python/evaluation.ts'
import { NotConverted } from '../python/not-converted.ts'
import { resolved } from '../python/resolve.ts'
import { ClassValue, List, Module, Term, type Value } from '../python/value.ts'
import { type Convention, conventionOf, usualConvention } from '../sqlalchemy/name.ts'
import { calledOf } from '../sqlalchemy/term.ts'
import type { AlembicProject } from './locate.ts'

export type FoundConvention = {
  readonly convention: Convention
  readonly file: string
  readonly line: number
}

/** The naming convention of `target_metadata` in `env.py`, which names what revisions do not name. */
export function namingConvention({ scripts }: AlembicProject, modules: Modules): FoundConvention | null {
  const file = join(scripts, 'env.py')
  if (!existsSync(file) || !readFileSync(file, 'utf8').includes('target_metadata')) return null
  const module = modules.find('env', { file, level: 1 })
  if (!(module instanceof Module)) return null
  const metadata = quietly(() => resolved(module.scope, 'target_metadata') ?? null)
  const said = metadata === null ? null : conventionIn(metadata)
  if (said === null) return null
  return { convention: new Map([...usualConvention, ...conventionOf(said.value)]), file, line: said.line }
}

/** The convention of a `MetaData(naming_convention=…)`, of a class that has one, or of what is made with one. */
function conventionIn(value: Value): { readonly value: Value; readonly line: number } | null {
  if (value instanceof List) return value.items.map(conventionIn).find((found) => found !== null) ?? null
  if (value instanceof ClassValue) {
    const own = quietly(() => resolved(value.members, 'metadata') ?? null)
    if (own !== null) return conventionIn(own)
    return value.bases.map(conventionIn).find((found) => found !== null) ?? null
  }
  if (!(value instanceof Term)) return null
  if (value.form.is === 'attribute') return conventionIn(value.form.of)
  const called = calledOf(value)
  if (called === null) return null
  const convention = called.named.get('naming_convention')
  if (convention !== undefined && convention !== null) return { value: convention, line: called.line }
  const metadata = called.named.get('metadata')
  return metadata === undefined ? null : conventionIn(metadata)
}

function quietly(find: () => Value): Value {
  try {
    return find()
  } catch (error) {
    if (error instanceof NotConverted) return null
    throw error
  }
}
