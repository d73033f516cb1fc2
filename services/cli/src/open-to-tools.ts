import { CommandFault } from './command-fault.ts'
import { publicUrl } from './outside-options.ts'

export interface OpenToTools {
  /** Introspection answers, and browsers may send documents of their own. */
  readonly isOpen: boolean
  readonly why: string
}

/**
 * Whether the API tells its schema to whoever asks, and takes documents that the web did not name. An install is closed unless somebody says
 * otherwise; nobody has to remember to close it. Open by itself is only the made-up region, to this machine.
 */
export function openToTools({ isDemo }: { readonly isDemo: boolean }, env: NodeJS.ProcessEnv): OpenToTools {
  const asked = env['COMMONS_INTROSPECTION']
  if (asked !== undefined && asked !== 'on' && asked !== 'off')
    throw new CommandFault(`COMMONS_INTROSPECTION is "${asked}"; it is on or off.`)
  if (asked !== undefined) return { isOpen: asked === 'on', why: 'COMMONS_INTROSPECTION' }
  if (!isDemo) return { isOpen: false, why: 'not a demo' }
  const { hostname } = new URL(publicUrl(env))
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
  return isHere ? { isOpen: true, why: 'a demo on this machine' } : { isOpen: false, why: `reached at ${hostname}` }
}
