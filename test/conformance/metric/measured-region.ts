import { text } from 'node:stream/consumers'
import { once } from 'node:events'
import { openRegion, type Region } from '../import/region.ts'
import { askOracle } from './oracle.ts'

/** A region with a population in it and its measures of one year published by the real worker; the oracle's tables stand beside. */
export async function measuredRegion(year: number, fill: readonly string[]): Promise<Region> {
  const region = await openRegion()
  try {
    await carryOut(region, fill)
    await carryOut(region, ['measures', 'run', '--year', String(year)])
    const [own] = await region.sql<{ timeZone: string }>('select time_zone as "timeZone" from region')
    await askOracle(region.sql, { start: `${year}-01-01`, end: `${year}-12-31`, timeZone: own!.timeZone })
    return region
  } catch (error) {
    await region.close()
    throw error
  }
}

async function carryOut(region: Region, command: readonly string[]): Promise<void> {
  const child = region.start(...command)
  const [, said, [code]] = await Promise.all([text(child.stdout!), text(child.stderr!), once(child, 'close')])
  if (code !== 0) throw new Error(`commons ${command.join(' ')} ended with ${code}:\n${said}`)
}
