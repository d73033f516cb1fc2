// planted: no-misused-promises
export function each(names: string[], save: (name: string) => Promise<void>): void {
  names.forEach(async (name) => save(name))
}
