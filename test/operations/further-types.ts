import { furtherDomains } from './further-domains.ts'
import { furtherSequences } from './further-sequences.ts'

/** Types and what belongs to them. */
export const furtherTypes = [...furtherSequences, ...furtherDomains]
