/** Closes what a test opens, the last first, when the test has ended, however it did: what stays open keeps Jest from ending. */
export function closeAfterEach() {
  const opened: { close(): Promise<unknown> }[] = []
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await one.close()
  })
  return <One extends { close(): Promise<unknown> }>(one: One): One => {
    opened.push(one)
    return one
  }
}
