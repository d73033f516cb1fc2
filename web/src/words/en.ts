import { account } from './en/account.ts'
import { actions } from './en/actions.ts'
import { agreements } from './en/agreements.ts'
import { audit } from './en/audit.ts'
import { careManagers } from './en/care-managers.ts'
import { caseload } from './en/caseload.ts'
import { charts } from './en/charts.ts'
import { comparisons } from './en/comparisons.ts'
import { drafts } from './en/drafts.ts'
import { exports } from './en/exports.ts'
import { uploads } from './en/uploads.ts'
import { frame } from './en/frame.ts'
import { home } from './en/home.ts'
import { huddle } from './en/huddle.ts'
import { improvement } from './en/improvement.ts'
import { join } from './en/join.ts'
import { leave } from './en/leave.ts'
import { lock } from './en/lock.ts'
import { measures } from './en/measures.ts'
import { members } from './en/members.ts'
import { overview } from './en/overview.ts'
import { packages } from './en/packages.ts'
import { palette } from './en/palette.ts'
import { patient } from './en/patient.ts'
import { people } from './en/people.ts'
import { performance } from './en/performance.ts'
import { problems } from './en/problems.ts'
import { progress } from './en/progress.ts'
import { proof } from './en/proof.ts'
import { registries } from './en/registries.ts'
import { registry } from './en/registry.ts'
import { results } from './en/results.ts'
import { risk } from './en/risk.ts'
import { roles } from './en/roles.ts'
import { rolesPage } from './en/roles-page.ts'
import { runs } from './en/runs.ts'
import { sharing } from './en/sharing.ts'
import { signIn } from './en/sign-in.ts'
import { staffNeed } from './en/staff-need.ts'
import { states } from './en/states.ts'
import { strata } from './en/strata.ts'
import { systems } from './en/systems.ts'
import { time } from './en/time.ts'
import { values } from './en/values.ts'
import { views } from './en/views.ts'
import { planInForce } from './en/plan-in-force.ts'
import { planner } from './en/planner.ts'
import { populations, why } from './en/why.ts'
import { workforce } from './en/workforce.ts'

/**
 * Everything the app says, in English, a file for each part of it; a translation is a second folder of the same shape.
 * Sentences that depend on a number are functions, so that each language keeps its own plurals and word order.
 */
export const en = {
  product: 'CareCommons',
  /** Numbers as in the US (1,204); dates day first with the month in letters (12 Mar), which nobody can misread. */
  locale: { numbers: 'en-US', dates: 'en-GB' },

  actions,
  frame,
  roles,
  members,
  agreements,
  people,
  rolesPage,
  careManagers,
  caseload,
  workforce,
  staffNeed,
  planInForce,
  planner,
  leave,
  huddle,
  palette,
  signIn,
  proof,
  lock,
  account,
  join,
  states,
  problems,
  time,
  charts,
  values,
  exports,
  uploads,
  views,
  home,
  registry,
  registries,
  patient,
  results,
  improvement,
  risk,
  sharing,
  measures,
  strata,
  populations,
  why,
  packages,
  drafts,
  comparisons,
  overview,
  progress,
  runs,
  systems,
  performance,
  audit,
}
