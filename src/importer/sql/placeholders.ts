/** Why something cannot be put in its place. */
export type Missing = { readonly reason: string }

/** A line in which `${NAME}` and `$NAME` stand for variables, with these in their place. */
export function withVariables(line: string, values: ReadonlyMap<string, string>): string | Missing {
  const unknown: string[] = []
  const text = line.replaceAll(/\$\{(\w+)\}|\$([A-Za-z_]\w*)/g, (whole, braced, bare) => {
    const name = String(braced ?? bare)
    const value = values.get(name)
    if (value === undefined) unknown.push(name)
    return value ?? whole
  })
  const [name] = unknown
  if (name !== undefined) return { reason: `${name} has no value: --placeholder ${name}=VALUE.` }
  // Defaults and the like, `${NAME:-value}`: only the tool itself knows what they come to.
  if (/\$\{/.test(line.replaceAll(/\$\{\w+\}/g, '')))
    return { reason: 'it has an expression in braces: write there what it comes to.' }
  return text
}

/** A script in which `${name}` stands for a value wherever it comes, with these in their place. */
export function withPlaceholders(
  text: string,
  values: ReadonlyMap<string, string>,
): string | (Missing & { readonly line: number }) {
  const unknown: { readonly name: string; readonly at: number }[] = []
  const replaced = text.replaceAll(/\$\{([^}]*)\}/g, (whole, name: string, at: number) => {
    const value = values.get(name)
    if (value === undefined) unknown.push({ name, at })
    return value ?? whole
  })
  const [first] = unknown
  if (first === undefined) return replaced
  const line = text.slice(0, first.at).split('\n').length
  return { line, reason: `${first.name} has no value: --placeholder ${first.name}=VALUE.` }
}
