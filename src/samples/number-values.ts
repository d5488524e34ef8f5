/** Numbers of a type within its precision; the least step between two of them is `step`. */
type Span = { readonly greatest: number; readonly step: number; readonly digits: number }

const spans: Readonly<Record<string, Span>> = {
  int2: { greatest: 32_767, step: 1, digits: 0 },
  int4: { greatest: 2_147_483_647, step: 1, digits: 0 },
  int8: { greatest: Number.MAX_SAFE_INTEGER, step: 1, digits: 0 },
  // What is measured or costs something: neither so great nor of so many digits as these could be.
  float4: { greatest: 1e6, step: 0.5, digits: 1 },
  float8: { greatest: 1e6, step: 0.01, digits: 2 },
  money: { greatest: 1e12, step: 0.01, digits: 2 },
  oid: { greatest: 4_294_967_295, step: 1, digits: 0 },
}

/** Null where the type is none of numbers. */
export function spanOf(base: string, modifier: number): Span | null {
  if (base !== 'numeric') return spans[base] ?? null
  if (modifier < 4) return { greatest: 1e15, step: 0.0001, digits: 4 }
  const precision = ((modifier - 4) >> 16) & 0xffff
  const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024
  const step = 10 ** -scale
  const whole = Math.min(precision - scale, 15)
  // 9.99 of numeric(3, 2): what is before the point, less the least step.
  return {
    greatest: Math.min(10 ** whole - step, 10 ** whole * (1 - 1e-12)),
    step,
    digits: Math.min(Math.max(scale, 0), 100),
  }
}

/** Some of a type that narrower ones do not hold, and some that many checks like. */
export function numberVariety(base: string, modifier: number, span: Span): readonly string[] {
  const fraction = span.digits > 0 ? [span.step, 10 + 3 * span.step] : []
  const fitting = [1, ...fraction, 42, 0, -7, 3_000_000_000, 100_000, span.greatest, 500]
  const numbers = fitting.filter((n) => Math.abs(n) <= span.greatest && (n >= 0 || base !== 'oid'))
  const wide = base === 'numeric' && modifier < 4 ? ['123456789012345678901234567890.123456789'] : []
  return [...new Set([...numbers.map((n) => written(n, span)), ...wide])]
}

/** The n-th of a row of keys that are far from each other where there is room; null where they end. */
export function numberKey(span: Span, n: number, shift: number): string | null {
  const stride = [50_000, 1_000, 50, 3].find((one) => one * 32 <= span.greatest) ?? span.step
  const value =
    span.step > 1 ? (n + shift) * span.step : n * stride + (1 + shift) * Math.min(span.step * 100, 1)
  return value > span.greatest ? null : written(value, span)
}

/** Negative ones in parentheses, since a cast binds closer than a sign. */
export function written(value: number, { digits }: Pick<Span, 'digits'>): string {
  const text = value.toFixed(digits)
  return text.startsWith('-') ? `(${text})` : text
}
