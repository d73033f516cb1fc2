const integer = new Intl.NumberFormat('en-US')

export const n = (value: number): string => integer.format(value)
export const plural = (value: number, one: string, many: string): string => `${n(value)} ${value === 1 ? one : many}`
