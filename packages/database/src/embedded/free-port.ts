import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** The first wish that is free on 127.0.0.1, else a free port below the range from which systems lend ports to outgoing connections. */
export async function freePort(...wishes: (number | undefined)[]): Promise<number> {
  for (const port of wishes) if (port && (await isFree(port))) return port
  for (;;) {
    const port = randomInt(20_000, 30_000)
    if (await isFree(port)) return port
  }
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => done(true)))
  })
}
