import { Term, type Value } from '../python/value.ts'

/** Libraries whose objects do nothing by being made; what is done with them is seen where it is done. */
const libraries =
  /^(sa|postgresql|dialects|mysql|sqlite|mssql|oracle|alembic|sqlalchemy_utils|alembic_utils|alembic_utils_extended|alembic_postgresql_enum|geoalchemy2|pgvector|citext|sqlmodel|builtins|collections|contextlib|copy|dataclasses|datetime|decimal|enum|functools|hashlib|inspect|itertools|json|logging|math|operator|os|pathlib|re|string|sys|textwrap|typing|uuid|warnings|progressbar|tqdm|rich|click|time)(\.|$)/

/** Methods of SQLAlchemy's that only change what Python knows. */
const harmless = new Set(['reflect', 'append_column', 'clear', 'bindparams', 'execution_options'])

/** The library whose function was called, and perhaps did something that is not known here; null where it did nothing. */
export function unknownEffect(value: Value, isAlone: boolean): string | null {
  if (!(value instanceof Term) || value.form.is !== 'call') return null
  const name = pathOf(value.form.callee)
  const last = name.split('.').at(-1) ?? ''
  if (!libraries.test(name)) return name
  if (!isAlone) return null
  const isMethod =
    value.form.callee.form.is === 'attribute' && !harmless.has(last) && /^(sa|alembic|dialects)\b/.test(name)
  return isMethod || /^(sa\.(event|orm|create_engine)|os\.|shutil\.)/.test(name) ? name : null
}

function pathOf({ form }: Term): string {
  if (form.is === 'name') return form.name
  if (form.is === 'attribute') return `${pathOf(form.of)}.${form.name}`
  if (form.is === 'call') return pathOf(form.callee)
  return form.is === 'item' ? pathOf(form.of) : 'sa'
}
