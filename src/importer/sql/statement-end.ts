/** Whether a text ends where a statement does, comments left aside: for tools that send statements one by one, and so need no semicolon. */
export function endsStatement(text: string): boolean {
  const last = text.split('\n').findLast((line) => line.trim() !== '' && !line.trimStart().startsWith('--'))
  return last === undefined || last.trimEnd().endsWith(';')
}
