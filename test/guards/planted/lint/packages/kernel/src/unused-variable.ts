// planted: no-unused-vars
export function count(values: string[]): number {
  const first = values[0]
  return values.length
}
