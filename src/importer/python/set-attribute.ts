import { type Evaluation, refuse } from './evaluation.ts'
import { Foreign, Instance, Residual, Term, type Value } from './value.ts'

/** `of.name = value`. */
export function setAttribute(of: Value, name: string, value: Value, evaluation: Evaluation): void {
  if (of instanceof Instance && (evaluation.floor === 0 || of.serial > evaluation.floor)) {
    of.fields.set(name, value)
    evaluation.library.changed?.(of, name, evaluation)
  } else if (of instanceof Instance) refuse('an object of before is changed where only the run knows whether')
  else if (of instanceof Residual && of.entity !== null && of.sort === 'row')
    of.entity.assign(of, name, value, evaluation)
  else if (of instanceof Foreign && of.assign !== undefined) of.assign(name, value, evaluation)
  // A MetaData's connection is ours anyway.
  else if (of instanceof Term && name === 'bind') return
  else if (of instanceof Term) refuse(`an attribute (${name}) of something of a library is set`)
  else refuse(`the attribute ${name} of this is not set here`)
}
