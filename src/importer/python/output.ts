import type { Evaluation } from './evaluation.ts'
import { NotConverted } from './not-converted.ts'
import { lookUp } from './scope.ts'
import type { Expression } from './syntax.ts'
import { Term } from './value.ts'

/** Whether an expression only tells a person how it goes: `print(…)`, `logger.info(…)`. */
export function isOutput(node: Expression, evaluation: Evaluation): boolean {
  if (node.nodeType !== 'Call') return false
  const { func } = node
  if (func.nodeType === 'Name') return func.id === 'print' || func.id === 'pprint'
  if (func.nodeType !== 'Attribute' || !levels.has(func.attr)) return false
  const root = func.value.nodeType === 'Name' ? func.value.id : null
  if (root === null) return false
  try {
    return isOfLogging(lookUp(root, evaluation))
  } catch (error) {
    if (error instanceof NotConverted) return /^_?log(ger|ging)?$/i.test(root)
    throw error
  }
}

const levels = new Set([
  'debug',
  'info',
  'warning',
  'warn',
  'error',
  'exception',
  'critical',
  'log',
  'write',
  'flush',
  'echo',
])

function isOfLogging(value: unknown): boolean {
  if (!(value instanceof Term)) return false
  const { form } = value
  if (form.is === 'call') return isOfLogging(form.callee)
  if (form.is === 'attribute') return isOfLogging(form.of)
  return form.is === 'name' && /^(logging|sys|warnings|structlog|loguru|click)\b/.test(form.name)
}
