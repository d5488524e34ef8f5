import { furtherCollations } from './further-collations.ts'
import { furtherDomains } from './further-domains.ts'
import { furtherOperators } from './further-operators.ts'
import { furtherSequences } from './further-sequences.ts'
import { furtherTextSearch } from './further-text-search.ts'

/** Types and what belongs to them. */
export const furtherTypes = [
  ...furtherCollations,
  ...furtherSequences,
  ...furtherDomains,
  ...furtherOperators,
  ...furtherTextSearch,
]
