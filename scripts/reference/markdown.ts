/** A page that says that it was generated, so that nobody mends it by hand. */
export function page(title: string, ...parts: readonly string[]): string {
  const notice = '<!-- Generated from the source by "npm run reference". -->'
  return `${[`# ${title}`, notice, ...parts].join('\n\n')}\n`
}

export function code(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``
}

/** A table; a line feed or a bar in a cell would end it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('\n', ' ').replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A link to a heading of the same page. */
export function linkTo(heading: string): string {
  return `[${heading}](#${heading.toLowerCase().replaceAll(' ', '-')})`
}
