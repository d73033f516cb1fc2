import type { DemoRegion } from '../support/region.ts'
import { plantStaff } from './planted-staff.ts'

/** Nine people of the first practice in care management: six led by the care manager, three who wait. Asked twice it plants once. */
export async function plantCases(region: DemoRegion): Promise<void> {
  const lead = await plantStaff(region)
  const [there] = await region.sql('select from care_case limit 1')
  if (there) return
  await region.sql(
    `insert into care_case (id, practice_id, patient_id, program, points, due_on, lead_membership_id, lead_name, lead_since, opened_on, opened_by, opened_by_name)
     select uuidv7(), practice_id, id, 'care-management', (array[1, 3, 10])[n % 3 + 1], current_date - 10 + 5 * n::int, case when n <= 6 then $2::uuid end,
            case when n <= 6 then 'Carey Manager' end, case when n <= 6 then now() end, current_date - 40, $2, 'Casey Clinician'
       from (select practice_id, id, row_number() over (order by id) as n from patient where practice_id = $1 and not deceased) p where n <= 9`,
    [region.practiceIds[0], lead],
  )
}
