interface Named {
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly practices: readonly { readonly id: string; readonly name: string }[]
}

/** What allocation says of ids, in the names that people know. */
export function namedIn(text: string, { people, practices }: Named): string {
  const all = [...people.map((one) => ({ ...one, kind: 'person' })), ...practices.map((one) => ({ ...one, kind: 'practice' }))]
  return all.reduce((told, { kind, id, name }) => told.replaceAll(new RegExp(`${kind} ${id}`, 'gi'), () => name), text)
}
