import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Letter, Mail } from '@carecommons/domain'
import { PermanentFailure } from '@carecommons/jobs'
import { newId } from '@carecommons/kernel'
import { createTransport, type SendMailOptions } from 'nodemailer'

export interface MailOptions {
  readonly env: NodeJS.ProcessEnv
  /** Letters are kept here while no mail server is named. */
  readonly folder: string
  readonly log: (line: { level: 'info' | 'warn' | 'error'; event: string; message?: string }) => void
}

/** Through the mail server that COMMONS_SMTP_URL names (smtps://user:password@host), else as `.eml` files that only this user can read. */
export function openMail({ env, folder, log }: MailOptions): Mail {
  const from = env['COMMONS_MAIL_FROM'] ?? 'CareCommons <no-reply@localhost>'
  const server = env['COMMONS_SMTP_URL']
  return server ? throughServer(server, from) : intoFolder(folder, from, log)
}

/** A person waits for the letter: a server that does not answer within half a minute is tried again later. */
const PATIENCE_MS = 30_000

function throughServer(url: string, from: string): Mail {
  const transport = createTransport(
    { url, connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS },
    { from },
  )
  return {
    async send(letter) {
      try {
        await transport.sendMail(messageOf(letter))
      } catch (error) {
        if (isRefusedAddress(error)) throw new PermanentFailure('AddressRefused', 'The mail server does not take letters for this address.')
        throw error
      }
    },
  }
}

/** SMTP replies of the 5yz class are final (RFC 5321, section 4.2.1); here those about sender and recipients. */
const isRefusedAddress = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === 'EENVELOPE' &&
  'responseCode' in error &&
  typeof error.responseCode === 'number' &&
  error.responseCode >= 500

function intoFolder(folder: string, from: string, log: MailOptions['log']): Mail {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' }, { from })
  return {
    async send(letter) {
      const { message } = await transport.sendMail(messageOf(letter))
      if (!Buffer.isBuffer(message)) throw new Error('A letter was not written whole.')
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const file = join(folder, `${newId()}.eml`)
      await writeFile(file, message, { mode: 0o600, flag: 'wx' })
      log({ level: 'warn', event: 'LetterKept', message: `COMMONS_SMTP_URL names no mail server; the letter is in ${file}` })
    },
  }
}

const messageOf = ({ to, subject, text }: Letter): SendMailOptions => ({ to, subject, text })
