// No walls at all, for orientation: as the owner, without session, policies or note, one query of the page.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import pg from 'pg'

pg.types.setTypeParser(pg.types.builtins.DATE, String)
const pool = new pg.Pool({ connectionString: process.env['OWNER_URL'], max: 10 })

interface Asked {
  readonly first: number
  readonly practiceId: string
  readonly condition: string | null
  readonly sort: string
}

const ORDERS: Record<string, string> = { NAME: 's.sort_name, s.patient_id', RISK: 's.risk_rank desc, s.patient_id desc' }

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { first, practiceId, condition, sort } = JSON.parse(await text(request)) as Asked
  const { rows } = await pool.query({
    name: `page ${sort} ${condition ?? ''}`,
    text: `select p.id, p.family_name, p.given_name, p.birth_date, p.gender, p.deceased_on, p.record_number, p.clinician, s.sort_name,
                  s.a1c, s.a1c_on, s.systolic, s.diastolic, s.blood_pressure_on, s.phq9, s.phq9_on, s.last_visit_on, s.care_manager, s.last_contact_on, s.open_gaps
             from patient_summary s join patient p on p.practice_id = s.practice_id and p.id = s.patient_id
             ${condition === null ? '' : 'join patient_condition c on c.practice_id = s.practice_id and c.patient_id = s.patient_id and c.condition = $3 and not c.deceased'}
            where s.practice_id = $1 and not s.deceased
            order by ${condition !== null && sort === 'RISK' ? 'c.risk_rank desc, c.patient_id desc' : ORDERS[sort]!} limit $2`,
    values: [practiceId, first, ...(condition === null ? [] : [condition])],
  })
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(rows))
}

const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1', () => process.send!({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }))
