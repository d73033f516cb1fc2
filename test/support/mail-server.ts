import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/**
 * A mail server that takes letters (RFC 5321, as far as a client needs it) and keeps them, or refuses every recipient, or falls silent
 * after some letters until it is told to listen.
 */
export interface MailServer {
  readonly url: string
  readonly letters: readonly string[]
  readonly recipients: readonly string[]
  /** Clients that wait for an answer they do not get. */
  readonly waiting: number
  /** From now on everybody is answered. */
  listen(): void
  close(): Promise<void>
}

export async function openMailServer({ refusing = false, silentAfter = Infinity } = {}): Promise<MailServer> {
  const letters: string[] = []
  const recipients: string[] = []
  let limit = silentAfter
  let waiting = 0
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)))
    socket.setEncoding('latin1').write('220 test\r\n')
    let pending = ''
    let letter: string[] | null = null
    const answer = (line: string): string => {
      if (letter) {
        if (line !== '.') return (void letter.push(line.replace(/^\./, '')), '')
        letters.push(letter.join('\n'))
        letter = null
        return '250 taken'
      }
      const command = line.slice(0, 4).toUpperCase()
      if (command === 'DATA') return ((letter = []), '354 go on')
      if (command === 'QUIT') return '221 bye'
      if (command === 'RCPT') {
        if (letters.length >= limit) return (waiting++, '')
        if (refusing) return '550 nobody here'
        recipients.push(/<(.*)>/.exec(line)![1]!)
      }
      return '250 ok'
    }
    socket.on('data', (text: string) => {
      const lines = (pending + text).split('\r\n')
      pending = lines.pop()!
      for (const line of lines) {
        const reply = answer(line)
        if (reply) socket.write(`${reply}\r\n`)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters,
    recipients,
    get waiting() {
      return waiting
    },
    listen: () => void (limit = Infinity),
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
