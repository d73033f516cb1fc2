import type { Caller } from './api.ts'

/** An answer that goes on: server-sent events of one subscription. */
export interface Stream {
  /** Data of the next event; null when the stream is over. */
  next(): Promise<Record<string, unknown> | null>
  close(): void
}

export interface Refused {
  readonly status: number
  readonly errors: readonly { readonly extensions: Readonly<Record<string, string>> }[]
}

export const isStream = (answer: Stream | Refused): answer is Stream => 'next' in answer

export async function subscribe(caller: Caller, query: string, headers: Readonly<Record<string, string>> = {}): Promise<Stream | Refused> {
  const connection = new AbortController()
  const response = await caller.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-commons': 'web', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query }),
    signal: connection.signal,
  })
  if (!response.headers.get('content-type')?.startsWith('text/event-stream'))
    return { status: response.status, errors: ((await response.json()) as { errors: Refused['errors'] }).errors }
  const events = eventsOf(response)
  return {
    async next() {
      const { value } = await events.next()
      return value ?? null
    },
    close: () => connection.abort(),
  }
}

/** The stream of somebody whose role opens it. */
export async function watch(caller: Caller, query: string): Promise<Stream> {
  const answer = await subscribe(caller, query)
  if (!isStream(answer)) throw new Error(`${query} was refused: ${JSON.stringify(answer)}`)
  return answer
}

async function* eventsOf(response: Response): AsyncGenerator<Record<string, unknown>> {
  let text = ''
  for await (const piece of response.body!.pipeThrough(new TextDecoderStream() as never) as unknown as AsyncIterable<string>) {
    const events = (text + piece).split('\n\n')
    text = events.pop()!
    for (const event of events) {
      const data = /^data: (.+)$/m.exec(event)?.[1]
      if (data) yield (JSON.parse(data) as { data: Record<string, unknown> }).data
    }
  }
}
