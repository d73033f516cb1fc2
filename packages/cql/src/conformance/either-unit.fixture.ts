/** Of the units that random quantities have, how many of the finest of their kind they are. */
const inFinest: Readonly<Record<string, readonly [string, number]>> = {
  g: ['mass', 1000],
  mg: ['mass', 1],
  '1': ['one', 100],
  '%': ['one', 1],
}
/** Two quantities of one kind, each way: both in the unit of the one, then both in that of the other. */
export function inEitherUnit(operands: readonly (string | null)[]): string[][] {
  const [left, right] = operands.map((text) => {
    const [, value, unit] = /^(-?[\d.]+) '(.+)'$/.exec(text ?? '') ?? []
    const [kind, count] = inFinest[unit ?? ''] ?? []
    return kind === undefined ? null : { kind, count: count!, amount: Number(value) * count! }
  })
  if (!left || !right || left.kind !== right.kind) return []
  return [left, right].map(({ count }) => [left, right].map(({ amount }) => String(Number((amount / count).toFixed(8)))))
}
