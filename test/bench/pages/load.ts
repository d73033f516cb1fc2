import { Agent, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'

export interface Shot {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Volley {
  readonly seconds: number
  /** Of each answer, from the first byte sent to the last received. */
  readonly milliseconds: readonly number[]
}

/**
 * Sends so many requests over so many connections, each connection one after the other; an answer other than 200 ends the bench. With `everyMs`
 * a connection sends that often, as somebody does who reads what came, and its clock runs from when it meant to send.
 */
export async function fire(
  url: string,
  shots: readonly Shot[],
  { requests, connections, everyMs = 0 }: { requests: number; connections: number; everyMs?: number },
): Promise<Volley> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const milliseconds: number[] = []
  let next = 0
  const begun = performance.now()
  try {
    await Promise.all(
      Array.from({ length: connections }, async (_, place) => {
        // Not all at once: people do not click in step.
        let meant = begun + (everyMs * place) / connections
        while (next < requests) {
          if (meant > performance.now()) await setTimeout(meant - performance.now())
          const at = everyMs > 0 ? meant : performance.now()
          meant += everyMs
          await send(agent, url, shots[next++ % shots.length]!)
          milliseconds.push(performance.now() - at)
        }
      }),
    )
  } finally {
    agent.destroy()
  }
  return { seconds: (performance.now() - begun) / 1000, milliseconds }
}

/** The text of one answer. */
export const answerTo = async (url: string, shot: Shot): Promise<string> => {
  const agent = new Agent()
  return (await send(agent, url, shot)).toString('utf8')
}

function send(agent: Agent, url: string, { path, headers, body }: Shot): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url + path,
      { agent, method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers } },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () => {
          const answer = Buffer.concat(chunks)
          if (incoming.statusCode === 200) resolve(answer)
          else reject(new Error(`${path} answered ${incoming.statusCode}: ${answer.toString('utf8').slice(0, 300)}`))
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(values.length * share) - 1)]!
