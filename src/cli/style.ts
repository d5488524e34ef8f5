import { styleText } from 'node:util'

/** How text is marked on the terminal; without colours every function gives its text back. */
export type Style = {
  strong(text: string): string
  faint(text: string): string
  good(text: string): string
  bad(text: string): string
  warn(text: string): string
  accent(text: string): string
}

export function makeStyle(colours: boolean): Style {
  const mark = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    colours ? styleText(format, text, { validateStream: false }) : text
  return {
    strong: mark('bold'),
    faint: mark('dim'),
    good: mark('green'),
    bad: mark('red'),
    warn: mark('yellow'),
    accent: mark('cyan'),
  }
}
