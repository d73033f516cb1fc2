import type { Page } from 'playwright-core'
import type { DemoRegion, Somebody } from '../support/region.ts'
import { fullestChart } from './charts.ts'
import { plantOpenings } from './openings.ts'
import { plantCases } from './planted-cases.ts'
import { plantCycle, plantMonths } from './planted-months.ts'
import { plantStaff, plantTiers } from './planted-staff.ts'
import { plantComparison, plantRegistry } from './planted-registry.ts'
import { stands } from './steps.ts'

export interface Place {
  readonly name: string
  /** Goes there, from wherever the browser is, and waits until all of it is on screen. */
  arrive(page: Page, region: DemoRegion): Promise<void>
}

/** Every page there is, and every sheet and panel that covers one, by the person who meets it. */
export const everyPage: readonly { readonly as?: Somebody; readonly places: readonly Place[] }[] = [
  { places: [place('sign-in', '/', 'Sign in')] },
  {
    as: 'clinician',
    places: [
      place('home', '/', 'Home'),
      // A dozen rows are made as a hundred are.
      place('registry', '/registry?condition=diabetes', 'Registry'),
      {
        name: 'caseload of a practice',
        async arrive(page, region) {
          await plantCases(region)
          await open(page, '/caseload', 'Caseload')
          await page.getByRole('table', { name: 'People in care management' }).getByRole('link').first().waitFor()
        },
      },
      {
        name: 'keeping a view of the registry',
        async arrive(page) {
          await open(page, '/registry?condition=diabetes', 'Registry')
          await page.getByRole('button', { name: 'Views' }).click()
          await page.getByRole('button', { name: 'Keep this view…' }).click()
          await page.getByRole('dialog', { name: 'Keep this view' }).waitFor()
        },
      },
      {
        name: 'views and people chosen',
        async arrive(page, region) {
          await region.sql(
            `insert into saved_view (id, practice_id, membership_id, owner_name, audience, name, filter, clinical, sort, reversed, columns, version,
                                     part_versions, changed_by_name, changed_at)
             select uuidv7(), $1, case when audience = 'me' then (select id from membership where organization_id = $1 and role = 'clinician' limit 1) else uuidv7() end,
                    'Dr. Gray', audience, 'Overdue, higher risk (' || audience || ')', '{"tier": 3}', true, 'RISK', false, '{age,risk}', 1, '{}', 'Dr. Gray', now()
               from unnest('{me,practice}'::text[]) audience where not exists (select from saved_view)`,
            [region.practiceIds[0]],
          )
          await open(page, '/registry?condition=diabetes', 'Registry')
          await page.getByRole('checkbox', { name: 'Choose all rows shown' }).check()
          await page.getByRole('button', { name: 'Views' }).click()
          await page.getByRole('group', { name: 'Shared with the practice' }).waitFor()
        },
      },
      {
        name: 'files of the registry',
        async arrive(page, region) {
          await region.sql(
            `insert into list_export (id, membership_id, format, filter, sort, reversed, columns, state, requested_at, finished_at, written, total, failure)
             select uuidv7(), m.id, 'csv', '{}', 'NAME', false, '{age}', state, now() - interval '1 hour', now(), 120, 115, 'It failed. Quote 12.'
               from membership m join app_user u on u.id = m.user_id, unnest('{done,failed,gone}'::text[]) state
              where u.email = $1 and not exists (select from list_export)`,
            [region.users.clinician.email],
          )
          await open(page, '/registry?condition=diabetes', 'Registry')
          await page.getByRole('button', { name: 'Export' }).click()
          await page.getByRole('list', { name: 'Files that you asked for' }).waitFor()
        },
      },
      {
        name: 'choosing columns',
        async arrive(page) {
          await open(page, '/registry?condition=diabetes', 'Registry')
          await page.getByRole('button', { name: 'Columns' }).click()
          await page.getByRole('checkbox', { name: 'Conditions' }).waitFor()
        },
      },
      {
        name: 'risk models',
        async arrive(page, region) {
          await region.sql(`insert into risk_calibration (model, score, people, stayed, as_of, counted_on)
            values ('tier', 1, 700, 50, '2025-11-01', current_date), ('tier', 4, 90, null, '2025-11-01', current_date) on conflict do nothing`)
          await open(page, '/risk-models', 'Risk models')
          await page.getByText('50 of 700').waitFor()
        },
      },
      {
        name: 'registry by what comes due',
        async arrive(page, region) {
          await region.sql(`insert into coming_gap (practice_id, patient_id, measure_id, due_on)
            select practice_id, patient_id, measure_id, current_date + 20 from measure_membership where denominator > 0 and numerator > 0
            on conflict do nothing`)
          await region.sql(`update coming_gap_state set state = 'ready'`)
          await open(page, '/registry?due=60&condition=diabetes', 'Registry')
          await page.getByRole('columnheader', { name: 'Comes due' }).waitFor()
        },
      },
      {
        name: 'registry with a chart beside it',
        async arrive(page, region) {
          const { id } = await fullestChart(region, region.practiceIds[0])
          await open(page, `/registry?condition=diabetes&open=${id}`, 'Registry')
          await page.getByRole('complementary').getByRole('heading', { name: 'Problems' }).waitFor()
        },
      },
      {
        name: 'patient',
        async arrive(page, region) {
          const { id, family, given } = await fullestChart(region, region.practiceIds[0])
          await open(page, `/patients/${id}`, `${family}, ${given}`)
        },
      },
      {
        name: 'why somebody is counted in a measure',
        async arrive(page, region) {
          const { id, family, given } = await fullestChart(region, region.practiceIds[0])
          const [place] = await region.sql<{ measure: string }>(
            `select measure_id as measure from measure_membership where patient_id = $1 and denominator > 0 and sensitivity is null limit 1`,
            [id],
          )
          await open(page, `/patients/${id}/why/${place!.measure}`, `${family}, ${given}`)
          await page.getByRole('region', { name: 'The logic, step by step' }).waitFor()
        },
      },
      {
        name: 'sharing and consent of a chart',
        async arrive(page, region) {
          const { id, family, given } = await fullestChart(region, region.practiceIds[0])
          await plantOpenings(region, id)
          await open(page, `/patients/${id}/sharing`, `${family}, ${given}`)
          await page.getByRole('table', { name: 'Consents' }).waitFor()
        },
      },
      dialogOn('recording a consent', '/sharing', 'Record a consent'),
      dialogOn('sharing a chart', '/sharing', 'Share this chart'),
      {
        name: 'a chart with a protected record',
        async arrive(page, region) {
          const { id, family, given } = await fullestChart(region, region.practiceIds[0])
          await plantOpenings(region, id)
          await open(page, `/patients/${id}`, `${family}, ${given}`)
          await page.getByText('Federal confidentiality rules').waitFor()
        },
      },
      dialogOn('opening protected records', '', 'Emergency', 'Open protected records in an emergency'),
      place('shared with us', '/shared', 'Shared with us'),
      place('own emergencies', '/emergencies', 'Emergencies'),
      {
        name: 'breaking the glass',
        async arrive(page) {
          await open(page, '/emergencies?break=1', 'Emergencies')
          await page.getByRole('dialog', { name: 'Open a chart in an emergency' }).waitFor()
        },
      },
      {
        name: 'registries',
        async arrive(page, region) {
          await plantRegistry(region)
          await plantComparison(region)
          await open(page, '/registries', 'Registries')
          await page.getByText('Definition in CQL').first().click()
        },
      },
      {
        name: 'progress',
        async arrive(page, region) {
          await plantMonths(region)
          await plantCycle(region)
          await open(page, '/results', 'Progress')
          await page.getByText('About this figure').first().click()
        },
      },
      {
        name: 'huddle',
        async arrive(page, region) {
          await region.sql(
            `insert into huddle_entry (id, practice_id, patient_id, day, reason, words, added_by, added_by_name, added_at)
             select uuidv7(), p.practice_id, p.id, current_date - (row_number() over (order by p.id) / 9)::int, 'worse', 'Her daughter called and asked for a visit',
                    uuidv7(), 'Dr. Gray', now() from patient p where p.practice_id = $1 order by p.id limit 14
             on conflict do nothing`,
            [region.practiceIds[0]],
          )
          await open(page, '/huddle', 'Huddle')
          await page.getByRole('region', { name: 'Left open before' }).waitFor()
        },
      },
      {
        name: 'adding to the huddle',
        async arrive(page, region) {
          const { id, family, given } = await fullestChart(region, region.practiceIds[0])
          await open(page, `/patients/${id}`, `${family}, ${given}`)
          await page.getByRole('button', { name: 'Add to huddle' }).click()
          await page.getByRole('dialog', { name: 'Add to the huddle' }).waitFor()
        },
      },
      {
        name: 'writing down what is tried',
        async arrive(page, region) {
          await plantMonths(region)
          await open(page, '/results', 'Progress')
          await page.getByRole('button', { name: 'Try something' }).click()
          await page.getByRole('dialog', { name: 'Try something' }).waitFor()
        },
      },
      place('measures', '/measures', 'Measures'),
      place('own share of staff', '/staff-share', 'Our share of staff'),
      place('account', '/account', 'Your account'),
      {
        name: 'command palette',
        async arrive(page) {
          await open(page, '/', 'Home')
          await page.keyboard.press('Control+k')
          await page.getByRole('dialog').waitFor()
        },
      },
    ],
  },
  {
    as: 'regionAdministrator',
    places: [
      {
        name: 'overview',
        async arrive(page) {
          await open(page, '/', 'Overview')
          await page.getByRole('region', { name: 'What the figures rest on' }).waitFor()
        },
      },
      {
        name: 'progress of the practices',
        async arrive(page, region) {
          await plantMonths(region)
          await plantCycle(region)
          await open(page, '/results', 'Progress')
          await page.getByText('About these figures').click()
        },
      },
      place('runs', '/runs', 'Runs'),
      {
        name: 'registries of the region',
        async arrive(page, region) {
          await plantRegistry(region)
          await open(page, '/registries', 'Registries')
        },
      },
      place('practices', '/practices', 'Practices'),
      place('people', '/people', 'People'),
      place('payers', '/payers', 'Payers'),
      place('roles', '/roles', 'Roles'),
      place('care managers', '/care-managers', 'Care managers'),
      {
        name: 'assigning a care manager',
        async arrive(page, region) {
          await plantStaff(region)
          await open(page, '/care-managers', 'Care managers')
          await page.getByRole('button', { name: 'Assign to a practice' }).click()
          const dialog = page.getByRole('dialog', { name: 'Assign to a practice' })
          await dialog.getByRole('button', { name: 'Add hours' }).click()
          await dialog.getByText(/Agreed on for a week/).waitFor()
        },
      },
      {
        name: 'workforce',
        async arrive(page, region) {
          await plantStaff(region)
          await open(page, '/workforce', 'Workforce')
          await page.getByRole('table', { name: 'Scope of practice' }).waitFor()
          await page.getByRole('table', { name: 'People' }).waitFor()
        },
      },
      {
        name: 'need and capacity, and what would be',
        async arrive(page, region) {
          await plantStaff(region)
          await open(page, '/staff-need', 'Need and capacity')
          await page.getByLabel('People of full time, more or fewer').fill('2')
          await page.getByRole('button', { name: 'Show what would be' }).click()
          await page.getByText('Supposed, this month').waitFor()
        },
      },
      {
        name: 'changing a planning figure',
        async arrive(page) {
          await open(page, '/staff-need', 'Need and capacity')
          await page.getByRole('button', { name: 'Change a figure' }).click()
          await page.getByRole('dialog', { name: 'Change a figure' }).waitFor()
        },
      },
      {
        name: 'one of the shared staff',
        async arrive(page, region) {
          await open(page, `/workforce/${await plantStaff(region)}`, 'Carey Manager')
          await page.getByRole('table', { name: 'Works for' }).waitFor()
        },
      },
      {
        name: 'recording a credential',
        async arrive(page, region) {
          await open(page, `/workforce/${await plantStaff(region)}`, 'Carey Manager')
          await page.getByRole('button', { name: 'Record a credential' }).click()
          await page.getByRole('dialog', { name: 'Record a credential' }).waitFor()
        },
      },
      {
        name: 'one practice',
        async arrive(page, region) {
          const [practice] = await region.sql<{ id: string; name: string }>('select id, name from organization where id = $1', [
            region.practiceIds[0],
          ])
          await open(page, `/practices/${practice!.id}`, practice!.name)
        },
      },
      place('systems', '/systems', 'Systems'),
      {
        name: 'registering a system',
        async arrive(page) {
          await open(page, '/systems?register=1', 'Systems')
          await page.getByRole('dialog', { name: 'Register a system' }).waitFor()
        },
      },
      {
        name: 'run',
        async arrive(page, region) {
          const [run] = await region.sql<{ id: string }>('select id from metric_run')
          await open(page, `/runs?open=${run!.id}`, 'Runs')
          await page.getByRole('complementary').getByRole('heading', { name: 'Measures' }).waitFor()
        },
      },
      {
        name: 'start a run',
        async arrive(page) {
          await open(page, '/runs?start=1', 'Runs')
          await page.getByRole('dialog').waitFor()
        },
      },
    ],
  },
  {
    as: 'workforceManager',
    places: [
      {
        name: 'caseload of the region',
        async arrive(page, region) {
          await plantCases(region)
          await open(page, '/caseload', 'Caseload')
          await page.getByRole('table', { name: 'People in care management' }).getByRole('checkbox').nth(1).waitFor()
        },
      },
      {
        name: 'planner',
        async arrive(page, region) {
          await plantStaff(region)
          await plantTiers(region)
          await open(page, '/planner', 'Planner')
          await page.getByRole('table', { name: 'Practices and people' }).getByRole('button').first().waitFor()
        },
      },
      {
        name: 'one person at one practice in the planner',
        async arrive(page, region) {
          await plantStaff(region)
          await plantTiers(region)
          await open(page, '/planner', 'Planner')
          await page.getByRole('table', { name: 'Practices and people' }).getByRole('button').first().click()
          await page.getByRole('dialog').waitFor()
        },
      },
      {
        name: 'giving a lead',
        async arrive(page, region) {
          await plantCases(region)
          await open(page, '/caseload', 'Caseload')
          await page.getByRole('checkbox', { name: 'Choose all rows shown' }).check()
          await page.getByRole('button', { name: 'Give a lead…' }).click()
          const lead = page.getByRole('dialog').getByLabel('Lead')
          await lead.selectOption({ index: 1 })
          await page
            .getByRole('dialog')
            .getByText(/first due/)
            .waitFor()
        },
      },
    ],
  },
  {
    as: 'regionAnalyst',
    places: [
      {
        name: 'definitions of registries',
        async arrive(page, region) {
          await plantRegistry(region)
          await plantComparison(region)
          await open(page, '/registries', 'Registries')
          await page.getByRole('region', { name: 'Definitions' }).waitFor()
        },
      },
      {
        name: 'putting a registry in force',
        async arrive(page, region) {
          await plantRegistry(region)
          await plantComparison(region)
          await open(page, '/registries', 'Registries')
          await page.getByRole('button', { name: 'Activate Diabetes 1.1.0' }).click()
          await page.getByRole('dialog').getByText('Definition in CQL').click()
        },
      },
      place('measures of the region', '/measures', 'Measures'),
      {
        name: 'loading a package',
        async arrive(page) {
          await open(page, '/measures?load=1', 'Measures')
          await page.getByRole('dialog', { name: 'Load a package' }).waitFor()
        },
      },
      {
        name: 'a package',
        async arrive(page, region) {
          const [found] = await region.sql<{ hash: string; title: string }>(
            'select hash, title from measure_package order by title limit 1',
          )
          await open(page, `/measures/${found!.hash}`, found!.title)
          await page.getByText('Denominator', { exact: true }).first().click()
        },
      },
      {
        name: 'writing a measure',
        async arrive(page) {
          await open(page, '/measure-drafts/new', 'Write a measure')
          await page.getByText('No mistakes found.').waitFor({ timeout: 60_000 })
        },
      },
    ],
  },
  {
    as: 'practiceAdministrator',
    places: [
      place('own people', '/people', 'People'),
      place('agreements', '/agreements', 'Agreements'),
      {
        name: 'records sent',
        async arrive(page, region) {
          await region.sql(
            `insert into record_upload (id, practice_id, name, bytes, state, requested_by, requested_by_name, requested_at, finished_at, lines, counts,
                                        rejected, rejections, failure)
             select uuidv7(), $1, state || '-export-of-the-spring-2026.ndjson', 123456, state, u.id, u.name, now(), now(), 1204,
                    '{"Patient": {"created": 12, "updated": 3, "unchanged": 1100, "rejected": 1}}', 1,
                    '[{"line": 17, "reason": "Patient: the same id stands in line 3 of this file with other content."}]', 'It is not whole JSON.'
               from app_user u, unnest('{queued,done,failed}'::text[]) state where u.email = $2 and not exists (select from record_upload)`,
            [region.practiceIds[0], region.users.practiceAdministrator.email],
          )
          await open(page, '/records-sent', 'Records sent')
          await page.getByText('Why 1 line did not land').first().click()
          await page.getByRole('button', { name: 'Send records' }).waitFor()
        },
      },
      {
        name: 'who can see a chart',
        async arrive(page, region) {
          const { id, family, given } = await fullestChart(region, region.practiceIds[0])
          await plantOpenings(region, id)
          await open(page, `/patients/${id}/sharing`, `${family}, ${given}`)
          await page.getByRole('table', { name: 'Who can see this chart' }).waitFor()
        },
      },
      {
        name: 'an emergency',
        async arrive(page, region) {
          const { id } = await fullestChart(region, region.practiceIds[0])
          const { emergencyId } = await plantOpenings(region, id)
          await open(page, `/emergencies?open=${emergencyId}`, 'Emergencies')
          await page.getByRole('complementary', { name: 'Emergency access' }).waitFor()
        },
      },
    ],
  },
  {
    as: 'clinicianElsewhere',
    places: [
      {
        name: 'shared charts',
        async arrive(page, region) {
          await plantOpenings(region, (await fullestChart(region, region.practiceIds[0])).id)
          await open(page, '/shared', 'Shared with us')
          await page.getByRole('table', { name: 'Shared with us' }).getByRole('link').first().waitFor()
        },
      },
      {
        name: 'a chart of another practice',
        async arrive(page, region) {
          const { id, family, given } = await fullestChart(region, region.practiceIds[0])
          await plantOpenings(region, id)
          await open(page, `/patients/${id}`, `${family}, ${given}`)
          await page.getByRole('region', { name: 'Why can I see this?' }).getByText('shared').waitFor()
        },
      },
    ],
  },
  { as: 'payerAnalyst', places: [place('performance', '/', 'Performance'), place('no such page', '/no-such-page', 'No such page')] },
]

function place(name: string, path: string, title: string): Place {
  return { name, arrive: (page) => open(page, path, title) }
}

function dialogOn(name: string, part: string, button: string, title = button): Place {
  return {
    name,
    async arrive(page, region) {
      const { id, family, given } = await fullestChart(region, region.practiceIds[0])
      await open(page, `/patients/${id}${part}`, `${family}, ${given}`)
      await page.getByRole('button', { name: button, exact: true }).click()
      await page.getByRole('dialog', { name: title }).waitFor()
    },
  }
}

async function open(page: Page, path: string, title: string): Promise<void> {
  await page.goto(path)
  await stands(page, title)
}
