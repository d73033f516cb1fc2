/** One line of JSON per event, on stderr; never a value of a record. */
export function logLine(line: { level: 'info' | 'warn' | 'error'; event: string; message?: string }): void {
  if (line.level !== 'info') process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`)
}
