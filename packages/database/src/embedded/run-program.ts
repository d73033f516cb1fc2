import { spawn } from 'node:child_process'

/** Another user to run as; only root may name one. */
export interface RunAs {
  uid: number
  gid: number
}

export interface Finished {
  code: number
  /** Standard output and error, interleaved as they came. */
  output: string
}

/**
 * Runs a program to its end. It starts in `/` with a bare environment: the caller's folder may be closed to the server user, and PG*
 * variables of the caller's shell would bend what PostgreSQL does. A program that cannot be started ends with code 127.
 */
export function runProgram(program: string, args: string[], as?: RunAs): Promise<Finished> {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: '/',
      env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...as,
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', (error) => done({ code: 127, output: error.message }))
    child.on('close', (code, signal) => done({ code: code ?? 128, output: signal ? `${output}\nended by ${signal}` : output }))
  })
}
