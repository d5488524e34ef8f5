import type { Autogenerate } from './autogenerate-options.ts'

/** An embedded database takes longest to start: where there may be one, it begins while everything else is loaded. */
export async function withBegunThread<Answer>(
  { autogenerate }: { readonly autogenerate?: Pick<Autogenerate, 'shadow'> },
  isLikely: boolean,
  work: () => Promise<Answer>,
): Promise<Answer> {
  if (!isLikely || (autogenerate?.shadow ?? 'embedded') !== 'embedded') return work()
  const { beginThread } = await import('../connection/embedded-thread.ts')
  const thread = beginThread()
  try {
    return await work()
  } finally {
    thread.end()
  }
}
