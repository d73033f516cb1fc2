import { buildApiSchema, guardDoors } from '@carecommons/api'
import { getNamedType, GraphQLObjectType, type GraphQLOutputType, GraphQLSchema, GraphQLString, isObjectType, isUnionType } from 'graphql'
import { type Answer, type Caller, openTestApi, type TestApi } from '../support/api.ts'
import { plantSessions, standingCaller } from '../support/standing-sessions.ts'
import { isStream, subscribe } from '../support/stream.ts'

let api: TestApi
beforeAll(async () => {
  api = await openTestApi()
  await plantSessions(api)
})
afterAll(() => api.close())

type Role = 'administrator' | 'analyst' | 'alderClinician' | 'alderAdministrator' | 'pineAnalyst'
const practice: readonly Role[] = ['alderClinician', 'alderAdministrator']
const everybody: readonly Role[] = ['administrator', 'alderClinician', 'alderAdministrator', 'pineAnalyst']

/** Every root field, how it is asked, and whose role opens it. */
const roots: Readonly<Record<string, { ask: string; opens: readonly Role[] | 'open' }>> = {
  'Query.identityProvider': { ask: '{ identityProvider }', opens: 'open' },
  'Query.me': { ask: '{ me { user { id } } }', opens: 'open' },
  'Query.region': { ask: '{ region { practiceCount } }', opens: ['administrator'] },
  'Query.practice': { ask: '{ practice { chartCount } }', opens: practice },
  'Query.patients': { ask: '{ patients { totalCount } }', opens: practice },
  'Query.patient': { ask: '{ patient(id: "x") { id } }', opens: practice },
  'Query.registries': { ask: '{ registries { id } }', opens: ['administrator', 'analyst', ...practice] },
  'Query.retiredRegistries': { ask: '{ retiredRegistries { id } }', opens: ['administrator', 'analyst', ...practice] },
  'Query.registryVersions': { ask: '{ registryVersions { version } }', opens: ['analyst'] },
  'Query.registryTerms': { ask: '{ registryTerms { id } }', opens: ['analyst'] },
  'Query.registryComparisons': { ask: '{ registryComparisons { id } }', opens: ['analyst'] },
  'Query.registryMovers': { ask: '{ registryMovers { patientId } }', opens: practice },
  'Mutation.compareRegistry': {
    ask: 'mutation { compareRegistry(input: { packageHash: "x", idempotencyKey: "every-role" }) { __typename } }',
    opens: ['analyst'],
  },
  'Mutation.activateRegistry': {
    ask: 'mutation { activateRegistry(input: { packageHash: "x", agreedWith: "x", idempotencyKey: "every-role" }) { __typename } }',
    opens: ['analyst'],
  },
  'Mutation.retireRegistry': {
    ask: 'mutation { retireRegistry(input: { registry: "x", agreedWith: "x", idempotencyKey: "every-role" }) { __typename } }',
    opens: ['analyst'],
  },
  'Query.reason': { ask: '{ reason(patientId: "x", measure: "x") { patientId } }', opens: practice },
  'Mutation.documentGapException': {
    ask: `mutation { documentGapException(input: { patientId: "x", measure: "x", reason: DECLINED, words: "x", expiresOn: "2026-12-31",
                                                   idempotencyKey: "every-role" }) { __typename } }`,
    opens: practice,
  },
  'Mutation.recordValue': {
    ask: 'mutation { recordValue(input: { patientId: "x", kind: A1C, value: 7, on: "2026-03-02", idempotencyKey: "every-role" }) { __typename } }',
    opens: practice,
  },
  'Mutation.overrideTier': {
    ask: `mutation { overrideTier(input: { patientId: "x", tier: 2, words: "x", expiresOn: "2026-12-31", idempotencyKey: "every-role" }) { __typename } }`,
    opens: practice,
  },
  'Mutation.withdrawTierOverride': { ask: 'mutation { withdrawTierOverride(id: "x") { __typename } }', opens: practice },
  'Query.tierOverrideCounts': { ask: '{ tierOverrideCounts { live } }', opens: practice },
  'Query.riskCalibration': { ask: '{ riskCalibration { score } }', opens: ['administrator', 'analyst', ...practice] },
  'Mutation.withdrawGapException': { ask: 'mutation { withdrawGapException(id: "x") { __typename } }', opens: practice },
  'Query.huddle': { ask: '{ huddle { totalCount } }', opens: practice },
  'Mutation.addToHuddle': {
    ask: 'mutation { addToHuddle(input: { patientIds: ["x"], reason: WORSE, words: "" }) { __typename } }',
    opens: practice,
  },
  'Query.caseload': { ask: '{ caseload { totalCount } }', opens: practice },
  'Query.caseloadBalance': { ask: '{ caseloadBalance { cases } }', opens: practice },
  'Query.caseloadRules': { ask: '{ caseloadRules { span { most } } }', opens: practice },
  'Query.previewLead': { ask: '{ previewLead(input: { cases: [{ id: "x", version: 1 }] }) { __typename } }', opens: [] },
  'Mutation.openCases': { ask: 'mutation { openCases(input: { patientIds: ["x"] }) { __typename } }', opens: practice },
  'Mutation.assignLead': { ask: 'mutation { assignLead(input: { cases: [{ id: "x", version: 1 }] }) { __typename } }', opens: [] },
  'Mutation.takeCases': { ask: 'mutation { takeCases(cases: [{ id: "x", version: 1 }]) { __typename } }', opens: [] },
  'Mutation.closeCase': { ask: 'mutation { closeCase(input: { id: "x", version: 1, as: OTHER }) { __typename } }', opens: practice },
  'Mutation.endHuddleEntry': { ask: 'mutation { endHuddleEntry(id: "x", as: DONE) { __typename } }', opens: practice },
  'Mutation.carryHuddleEntry': { ask: 'mutation { carryHuddleEntry(id: "x") { __typename } }', opens: practice },
  'Query.savedViews': { ask: '{ savedViews { totalCount } }', opens: practice },
  'Mutation.saveView': {
    ask: 'mutation { saveView(input: { name: " ", audience: ME, filter: {}, sort: NAME, reversed: false, columns: [] }) { __typename } }',
    opens: practice,
  },
  'Mutation.withdrawView': { ask: 'mutation { withdrawView(id: "x", version: 1) { __typename } }', opens: practice },
  'Mutation.saveImprovementCycle': {
    ask: `mutation { saveImprovementCycle(input: { measure: "x", aim: "x", changeTried: "x", startsOn: "2026-03-02", shared: false,
                                                   idempotencyKey: "every-role" }) { __typename } }`,
    opens: practice,
  },
  'Query.recordUploads': { ask: '{ recordUploads { mostLines } }', opens: ['alderAdministrator'] },
  'Query.listExports': { ask: '{ listExports { id } }', opens: practice },
  'Mutation.askForExport': {
    ask: `mutation { askForExport(input: { format: CSV, filter: {}, sort: NAME, reversed: false, columns: [], idempotencyKey: "every-role" })
                     { __typename } }`,
    opens: practice,
  },
  'Query.conditionGroups': { ask: '{ conditionGroups { key } }', opens: everybody },
  'Query.riskModels': { ask: '{ riskModels { key } }', opens: everybody },
  'Query.measures': { ask: '{ measures { id } }', opens: everybody },
  'Query.runs': { ask: '{ runs { id } }', opens: ['administrator'] },
  'Query.run': { ask: '{ run(id: "x") { id } }', opens: ['administrator'] },
  'Query.performance': { ask: '{ performance { runId } }', opens: ['pineAnalyst'] },
  'Query.systems': { ask: '{ systems { totalCount } }', opens: ['administrator'] },
  'Query.systemRoles': { ask: '{ systemRoles { role } }', opens: ['administrator'] },
  'Query.lineage': { ask: '{ lineage { engine watermark } }', opens: everybody },
  'Query.publishedPeriods': { ask: '{ publishedPeriods { start } }', opens: everybody },
  'Query.organizations': { ask: '{ organizations { totalCount } }', opens: ['administrator', 'alderAdministrator'] },
  'Query.organization': { ask: '{ organization(id: "x") { id } }', opens: ['administrator', 'alderAdministrator'] },
  'Query.agreementTexts': { ask: '{ agreementTexts { kind } }', opens: ['administrator', 'alderAdministrator'] },
  'Query.people': { ask: '{ people { totalCount } }', opens: ['administrator', 'alderAdministrator'] },
  'Query.invitations': { ask: '{ invitations { totalCount } }', opens: ['administrator', 'alderAdministrator'] },
  'Query.careManagers': { ask: '{ careManagers { totalCount } }', opens: ['administrator'] },
  'Query.assignablePractices': { ask: '{ assignablePractices { totalCount } }', opens: ['administrator'] },
  'Query.careAssignments': { ask: '{ careAssignments { totalCount } }', opens: ['administrator', 'alderAdministrator'] },
  'Query.careOrganizations': { ask: '{ careOrganizations { totalCount } }', opens: everybody },
  'Query.sharedCharts': { ask: '{ sharedCharts { totalCount } }', opens: practice },
  'Query.emergencies': { ask: '{ emergencies { totalCount } }', opens: practice },
  'Query.whyVisible': { ask: '{ whyVisible(id: "x") { visible } }', opens: practice },
  'Query.whoCanSee': { ask: '{ whoCanSee(patientId: "x") { totalCount } }', opens: ['alderAdministrator'] },
  'Query.patientSignIn': { ask: '{ patientSignIn(patientId: "x") { id } }', opens: ['alderAdministrator'] },
  'Query.patientSignIns': { ask: '{ patientSignIns { totalCount } }', opens: ['alderAdministrator'] },
  'Mutation.invitePatient': {
    ask: 'mutation { invitePatient(input: { patientId: "x", email: "x@example.org", idempotencyKey: "every-role" }) { __typename } }',
    opens: ['alderAdministrator'],
  },
  'Mutation.endPatientSignIn': {
    ask: 'mutation { endPatientSignIn(id: "x") { __typename } }',
    opens: ['alderAdministrator'],
  },
  'Mutation.recordConsent': {
    ask: `mutation { recordConsent(input: { patientId: "x", kind: PROGRAM, manner: VERBAL, givenBy: "x", givenAs: "patient", givenOn: "2026-01-01",
                                            scope: "x", idempotencyKey: "every-role" }) { __typename } }`,
    opens: practice,
  },
  'Mutation.endConsent': { ask: 'mutation { endConsent(id: "x") { __typename } }', opens: practice },
  'Mutation.shareChart': {
    ask: `mutation { shareChart(input: { patientId: "x", recipientId: "x", categories: [PROBLEMS], basis: TREATMENT, expiresOn: "2026-12-31",
                                         idempotencyKey: "every-role" }) { __typename } }`,
    opens: practice,
  },
  'Mutation.endShareGrant': { ask: 'mutation { endShareGrant(id: "x") { __typename } }', opens: practice },
  'Mutation.breakGlass': {
    ask: `mutation { breakGlass(input: { practiceId: "x", familyName: "x", givenName: "x", birthDate: "2000-01-01", reason: "unconscious" })
                     { __typename } }`,
    opens: practice,
  },
  'Mutation.openInEmergency': {
    ask: 'mutation { openInEmergency(patientId: "x", reason: "unconscious") { __typename } }',
    opens: practice,
  },
  'Mutation.contestEmergency': { ask: 'mutation { contestEmergency(id: "x", words: "no") { __typename } }', opens: ['alderAdministrator'] },
  'Mutation.liftEmergencyBar': { ask: 'mutation { liftEmergencyBar(id: "x") { __typename } }', opens: ['alderAdministrator'] },
  'Query.invitationBehind': { ask: '{ invitationBehind(token: "x") { __typename } }', opens: 'open' },
  'Mutation.beginAcceptance': { ask: 'mutation { beginAcceptance(token: "x") { __typename } }', opens: 'open' },
  'Mutation.acceptInvitation': { ask: 'mutation { acceptInvitation(input: { token: "x" }) { __typename } }', opens: 'open' },
  'Mutation.joinByInvitation': { ask: 'mutation { joinByInvitation(token: "x") { __typename } }', opens: 'open' },
  'Query.auditEvents': { ask: '{ auditEvents { __typename } }', opens: ['alderAdministrator'] },
  'Query.chartLooks': { ask: '{ chartLooks(patientId: "x") { id } }', opens: ['alderAdministrator'] },
  'Query.auditSummary': { ask: '{ auditSummary { __typename } }', opens: ['alderAdministrator'] },
  'Query.auditChains': { ask: '{ auditChains { __typename } }', opens: [] },
  'Query.recordReaders': { ask: '{ recordReaders(practiceId: "x") { __typename } }', opens: [] },
  'Query.ownLooks': { ask: '{ ownLooks { __typename } }', opens: practice },
  'Query.disclosures': { ask: '{ disclosures(patientId: "x") { __typename } }', opens: practice },
  'Mutation.signIn': { ask: 'mutation { signIn(input: { email: "x", password: "x" }) { __typename } }', opens: 'open' },
  'Mutation.finishSignIn': { ask: 'mutation { finishSignIn(proof: { totp: "000000" }) { __typename } }', opens: 'open' },
  'Mutation.askPasskey': { ask: 'mutation { askPasskey(purpose: SIGN_IN) { __typename } }', opens: 'open' },
  'Mutation.unlock': { ask: 'mutation { unlock(proof: { password: "x" }) { __typename } }', opens: 'open' },
  'Query.sessionState': { ask: '{ sessionState(inUse: false) { state } }', opens: 'open' },
  'Query.account': { ask: '{ account { recoveryCodes } }', opens: everybody },
  'Mutation.stepUp': { ask: 'mutation { stepUp(proof: { password: "x" }) { __typename } }', opens: everybody },
  'Mutation.actAs': { ask: 'mutation { actAs(membershipId: "x") { __typename } }', opens: everybody },
  'Mutation.changePassword': { ask: 'mutation { changePassword(input: { next: "x" }) { __typename } }', opens: everybody },
  'Mutation.beginTotp': { ask: 'mutation { beginTotp { __typename } }', opens: everybody },
  'Mutation.addTotp': { ask: 'mutation { addTotp(input: { label: "x", code: "x" }) { __typename } }', opens: everybody },
  'Mutation.beginPasskey': { ask: 'mutation { beginPasskey { __typename } }', opens: everybody },
  'Mutation.addPasskey': { ask: 'mutation { addPasskey(input: { label: "x", answer: "x" }) { __typename } }', opens: everybody },
  'Mutation.renewRecoveryCodes': { ask: 'mutation { renewRecoveryCodes { __typename } }', opens: everybody },
  'Mutation.removeAuthenticator': { ask: 'mutation { removeAuthenticator(id: "x") { __typename } }', opens: everybody },
  'Mutation.endSession': { ask: 'mutation { endSession(id: "x") { __typename } }', opens: everybody },
  'Mutation.endOtherSessions': { ask: 'mutation { endOtherSessions { recoveryCodes } }', opens: everybody },
  'Mutation.signOut': { ask: 'mutation { signOut }', opens: 'open' },
  'Mutation.createOrganization': {
    ask: 'mutation { createOrganization(input: { kind: PAYER, name: "X", slug: "X", idempotencyKey: "every-role" }) { __typename } }',
    opens: ['administrator'],
  },
  'Mutation.updateOrganization': {
    ask: 'mutation { updateOrganization(input: { id: "x", name: "X", version: 1 }) { __typename } }',
    opens: ['administrator'],
  },
  'Mutation.setPart2Program': {
    ask: 'mutation { setPart2Program(input: { id: "x", isPart2Program: true, version: 1 }) { __typename } }',
    opens: ['administrator'],
  },
  'Mutation.signAgreement': {
    ask: 'mutation { signAgreement(input: { organizationId: "x", kind: DATA_USE, version: "x", signedBy: "X", signedAs: "X" }) { __typename } }',
    opens: ['administrator', 'alderAdministrator'],
  },
  'Mutation.inviteMember': {
    ask: 'mutation { inviteMember(input: { organizationId: "x", role: "clinician", name: "X", email: "x@example.org", idempotencyKey: "every-role" }) { __typename } }',
    opens: ['administrator', 'alderAdministrator'],
  },
  'Mutation.resendInvitation': {
    ask: 'mutation { resendInvitation(id: "x") { __typename } }',
    opens: ['administrator', 'alderAdministrator'],
  },
  'Mutation.withdrawInvitation': {
    ask: 'mutation { withdrawInvitation(id: "x") { __typename } }',
    opens: ['administrator', 'alderAdministrator'],
  },
  'Mutation.changeRole': {
    ask: 'mutation { changeRole(input: { membershipId: "x", role: "clinician", from: "x" }) { __typename } }',
    opens: ['administrator', 'alderAdministrator'],
  },
  'Mutation.renamePerson': {
    ask: 'mutation { renamePerson(input: { membershipId: "x", name: "X", from: "x" }) { __typename } }',
    opens: ['administrator', 'alderAdministrator'],
  },
  'Mutation.renameMyself': { ask: 'mutation { renameMyself(name: "") { __typename } }', opens: everybody },
  'Mutation.labelAgain': { ask: 'mutation { labelAgain(id: "x") { __typename } }', opens: ['administrator'] },
  'Mutation.renewSignIn': {
    ask: 'mutation { renewSignIn(input: { membershipId: "x", idempotencyKey: "every-role" }) { __typename } }',
    opens: ['administrator', 'alderAdministrator'],
  },
  'Mutation.renewPatientSignIn': {
    ask: 'mutation { renewPatientSignIn(input: { id: "x", idempotencyKey: "every-role" }) { __typename } }',
    opens: ['administrator', 'alderAdministrator'],
  },
  'Mutation.endMembership': { ask: 'mutation { endMembership(id: "x") { __typename } }', opens: ['administrator', 'alderAdministrator'] },
  'Mutation.assignCareManager': {
    ask: 'mutation { assignCareManager(input: { membershipId: "x", practiceId: "x", startsOn: "2026-03-02", idempotencyKey: "every-role" }) { __typename } }',
    opens: ['administrator'],
  },
  'Query.workforceCoverage': { ask: '{ workforceCoverage { weeklyMinutes } }', opens: ['administrator'] },
  'Query.assignmentPreview': {
    ask: '{ assignmentPreview(input: { membershipId: "x", practiceId: "x", startsOn: "2026-03-02" }) { refusal } }',
    opens: ['administrator'],
  },
  'Query.workCalendar': { ask: '{ workCalendar(practiceId: "x") { day } }', opens: ['administrator', 'alderAdministrator'] },
  'Query.travelTimes': { ask: '{ travelTimes { id } }', opens: ['administrator'] },
  'Mutation.recordTravelTime': {
    ask: 'mutation { recordTravelTime(input: { from: "x", to: "y", minutes: 5, since: "2026-03-02" }) { __typename } }',
    opens: ['administrator'],
  },
  'Query.sharedStaff': { ask: '{ sharedStaff { totalCount } }', opens: ['administrator'] },
  'Query.sharedStaffMember': { ask: '{ sharedStaffMember(id: "x") { id } }', opens: ['administrator'] },
  'Query.scopeOfPractice': { ask: '{ scopeOfPractice { id } }', opens: ['administrator'] },
  'Mutation.recordStaff': {
    ask: `mutation { recordStaff(input: { id: "x", discipline: NURSE, employer: "x", ftePercent: 100, weeklyMinutes: 2400, homeBase: "x", languages: [],
                                          version: 0 }) { __typename } }`,
    opens: ['administrator'],
  },
  'Mutation.recordCredential': {
    ask: 'mutation { recordCredential(input: { staffId: "x", kind: LICENSE, title: "RN", state: "NY", number: "1" }) { __typename } }',
    opens: ['administrator'],
  },
  'Mutation.endCredential': { ask: 'mutation { endCredential(id: "x") { __typename } }', opens: ['administrator'] },
  'Mutation.recordTraining': {
    ask: `mutation { recordTraining(input: { staffId: "x", kind: EDUCATION, title: "x", day: "2026-03-01", done: true, minutes: 60 }) { __typename } }`,
    opens: ['administrator'],
  },
  'Mutation.recordScopeRule': {
    ask: `mutation { recordScopeRule(input: { discipline: NURSE, duty: CARE_MANAGEMENT, permitted: true, needsLicense: true, since: "2026-03-02", source: "" })
                     { __typename } }`,
    opens: ['administrator'],
  },
  'Query.staffPlans': { ask: '{ staffPlans { id } }', opens: [] },
  'Query.staffPlan': { ask: '{ staffPlan(id: "x") { id } }', opens: [] },
  'Query.staffPlanBasis': { ask: '{ staffPlanBasis(wish: { startsOn: "2026-03-02" }) { __typename } }', opens: [] },
  'Mutation.proposeStaffPlan': {
    ask: 'mutation { proposeStaffPlan(wish: { startsOn: "2026-03-01" }, idempotencyKey: "every-role") { __typename } }',
    opens: [],
  },
  'Query.staffPlanPreview': { ask: '{ staffPlanPreview(id: "x") { __typename } }', opens: [] },
  'Mutation.applyStaffPlan': {
    ask: 'mutation { applyStaffPlan(id: "x", previewHash: "x", idempotencyKey: "every-role") { __typename } }',
    opens: [],
  },
  'Mutation.undoStaffPlan': { ask: 'mutation { undoStaffPlan(id: "x") { __typename } }', opens: [] },
  'Query.staffNeed': { ask: '{ staffNeed { months { month } } }', opens: ['administrator'] },
  'Query.staffShare': { ask: '{ staffShare { months { month } } }', opens: ['alderClinician', 'alderAdministrator'] },
  'Mutation.recordPlanningFigure': {
    ask: `mutation { recordPlanningFigure(input: { figure: ENROLLED_PERCENT, value: 101, since: "2026-03-02", source: "x" }) { __typename } }`,
    opens: ['administrator'],
  },
  'Query.leaves': { ask: '{ leaves { totalCount } }', opens: ['administrator'] },
  'Query.covers': { ask: '{ covers { totalCount } }', opens: ['administrator'] },
  'Mutation.requestLeave': {
    ask: 'mutation { requestLeave(input: { staffId: "x", kind: VACATION, fromDay: "2026-04-01", untilDay: "2026-04-02" }) { __typename } }',
    opens: ['administrator'],
  },
  'Mutation.endLeave': { ask: 'mutation { endLeave(id: "x") { __typename } }', opens: ['administrator'] },
  'Mutation.proposeCover': {
    ask: 'mutation { proposeCover(input: { leaveId: "x", practiceId: "x", staffId: "x" }) { __typename } }',
    opens: ['administrator'],
  },
  'Mutation.withdrawCover': { ask: 'mutation { withdrawCover(id: "x") { __typename } }', opens: ['administrator'] },
  'Mutation.answerCover': { ask: 'mutation { answerCover(id: "x", accepts: true) { __typename } }', opens: [] },
  'Mutation.writeHandoff': {
    ask: `mutation { writeHandoff(input: { coverId: "x", situation: "x", background: "", openItems: "", risks: "", version: 0 }) { __typename } }`,
    opens: [],
  },
  'Mutation.acknowledgeHandoff': { ask: 'mutation { acknowledgeHandoff(coverId: "x", version: 1) { __typename } }', opens: [] },
  'Mutation.endAssignment': { ask: 'mutation { endAssignment(id: "x") { __typename } }', opens: ['administrator'] },
  'Mutation.registerSystem': {
    ask: 'mutation { registerSystem(input: { organizationId: "x", name: "x", scopes: [], idempotencyKey: "every-role" }) { __typename } }',
    opens: ['administrator'],
  },
  'Mutation.endSystem': { ask: 'mutation { endSystem(id: "x") { __typename } }', opens: ['administrator'] },
  'Query.measurePackages': { ask: '{ measurePackages { hash } }', opens: ['analyst'] },
  'Query.measurePackage': { ask: '{ measurePackage(hash: "x") { name } }', opens: ['analyst'] },
  'Query.deckCheck': { ask: '{ deckCheck(id: "x") { state } }', opens: ['analyst'] },
  'Query.measureDrafts': { ask: '{ measureDrafts { id } }', opens: ['analyst'] },
  'Query.measureDraft': { ask: '{ measureDraft(id: "x") { id } }', opens: ['analyst'] },
  'Query.checkCql': { ask: '{ checkCql(cql: "") { message } }', opens: ['analyst'] },
  'Query.cqlVocabulary': { ask: '{ cqlVocabulary { valueSets { url } } }', opens: ['analyst'] },
  'Mutation.saveMeasureDraft': {
    ask: `mutation { saveMeasureDraft(input: { title: "x", description: "", improvement: INCREASE, cql: "", idempotencyKey: "every-role" })
                     { __typename } }`,
    opens: ['analyst'],
  },
  'Mutation.tryMeasureDraft': {
    ask: `mutation { tryMeasureDraft(input: { id: "x", version: 1, period: { start: "2025-01-01", end: "2025-12-31" }, idempotencyKey: "every-role" })
                     { __typename } }`,
    opens: ['analyst'],
  },
  'Mutation.publishMeasureDraft': {
    ask: 'mutation { publishMeasureDraft(input: { id: "x", version: 1 }) { __typename } }',
    opens: ['analyst'],
  },
  'Query.packageComparisons': { ask: '{ packageComparisons(hash: "x") { id } }', opens: ['analyst'] },
  'Query.packageComparison': { ask: '{ packageComparison(id: "x") { id } }', opens: ['analyst'] },
  'Query.measureMovers': { ask: '{ measureMovers { patientId } }', opens: practice },
  'Mutation.comparePackages': {
    ask: `mutation { comparePackages(input: { beforeHash: "x", afterHash: "y", period: { start: "2025-01-01", end: "2025-12-31" },
                                              idempotencyKey: "every-role" }) { __typename } }`,
    opens: ['analyst'],
  },
  'Query.strataTerms': { ask: '{ strataTerms { id } }', opens: ['analyst'] },
  'Mutation.agreeOnStrata': {
    ask: 'mutation { agreeOnStrata(input: { startsOn: "2026-01-01", bySex: true, byZip3: false, agreedWith: "x", idempotencyKey: "every-role" }) { __typename } }',
    opens: ['analyst'],
  },
  'Query.measureTerms': { ask: '{ measureTerms { id } }', opens: ['analyst'] },
  'Query.measureSet': { ask: '{ measureSet(period: { start: "2025-01-01", end: "2025-12-31" }) { id } }', opens: ['analyst'] },
  'Mutation.activateMeasure': {
    ask: `mutation { activateMeasure(input: { packageHash: "x", startsOn: "2026-01-01", improvement: INCREASE, agreedWith: "x",
                                              idempotencyKey: "every-role" }) { __typename } }`,
    opens: ['analyst'],
  },
  'Mutation.retireMeasure': {
    ask: 'mutation { retireMeasure(input: { measureId: "x", startsOn: "2026-01-01", agreedWith: "x", idempotencyKey: "every-role" }) { __typename } }',
    opens: ['analyst'],
  },
  'Subscription.chartsMoved': { ask: 'subscription { chartsMoved { patientIds } }', opens: practice },
  'Subscription.regionMoved': { ask: 'subscription { regionMoved { patientIds } }', opens: ['administrator', 'analyst'] },
  'Subscription.runsMoved': { ask: 'subscription { runsMoved { patientIds } }', opens: ['administrator', 'analyst'] },
  'Mutation.startRun': {
    ask: 'mutation { startRun(input: { period: { start: "2025-01-01", end: "2025-12-31" }, idempotencyKey: "every-role" }) { __typename } }',
    opens: ['administrator'],
  },
}

test('this file knows every root field', () => {
  const schema = buildApiSchema()
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((name) => `${type!.name}.${name}`),
  )
  expect(fields.sort()).toEqual(Object.keys(roots).sort())
})

/** What can be reached through a root that asks nothing, and asks nothing itself: the own sign-in and what an invitation says, and no more. */
const BEHIND_OPEN_ROOTS: Readonly<Record<string, string>> = {
  AcceptanceBegun: 'passkeyOptions secret uri',
  InvitationAccepted: 'recoveryCodes viewer',
  InvitationRead: 'asksBirthDate confirms email expiresAt invitedBy name organization regionName renews role roleTitle timeZone',
  Membership: 'id organization role',
  Organization: 'city id kind name slug',
  PasskeyQuestion: 'options',
  Refused: 'code message',
  Region: 'id name timeZone',
  SecondStep: 'ways',
  SessionState: 'name state unlockWith',
  User: 'email id name',
  Viewer: 'membership memberships patientId practiceIds region user',
}

test('behind an open root there is nothing that this file does not know', () => {
  const schema = buildApiSchema()
  const met = new Map<string, string>()
  const walk = (output: GraphQLOutputType): void => {
    const type = getNamedType(output)
    const types = isUnionType(type) ? type.getTypes() : isObjectType(type) ? [type] : []
    for (const one of types.filter(({ name }) => !met.has(name))) {
      const fields = Object.values(one.getFields()).filter(({ extensions }) => !('needs' in extensions))
      met.set(one.name, fields.map(({ name }) => name).sort().join(' ')) // prettier-ignore
      for (const field of fields) walk(field.type)
    }
  }
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    for (const field of Object.values(root?.getFields() ?? {})) if (field.extensions['door'] === 'open') walk(field.type)
  expect(Object.fromEntries([...met].sort())).toEqual(BEHIND_OPEN_ROOTS)
})

const closed = Object.entries(roots).filter(([, { opens }]) => opens !== 'open')

test.each(closed)('%s opens to its roles, and to nobody who is not signed in', async (_name, { ask, opens }) => {
  const stranger = await answerTo(api.caller(), ask)
  expect(stranger.errors[0]?.extensions['code']).toBe('UNAUTHENTICATED')
  for (const role of new Set<Role>([...everybody, ...(opens as readonly Role[])])) {
    const { data, errors } = await answerTo(standingCaller(api, role), ask)
    if (opens.includes(role)) expect({ role, errors }).toEqual({ role, errors: [] })
    else {
      expect({ role, code: errors[0]?.extensions['code'] }).toEqual({ role, code: 'FORBIDDEN' })
      expect(Object.values((data ?? {}) as object).every((value) => value === null)).toBe(true)
    }
  }
})

/** Of a subscription, the first event. */
async function answerTo(caller: Caller, ask: string): Promise<Pick<Answer, 'data' | 'errors'>> {
  if (!ask.startsWith('subscription')) return caller.ask(ask)
  const answer = await subscribe(caller, ask)
  if (!isStream(answer)) return { data: null, errors: answer.errors as Answer['errors'] }
  const data = await answer.next()
  answer.close()
  return { data, errors: [] }
}

test('every refusal is noted once', async () => {
  const before = await denials()
  await (await api.signedIn('pineAnalyst')).ask('{ patients { totalCount } measures { id } }')
  const noted = (await denials()).slice(before.length)
  expect(noted).toEqual([{ action: 'read', subject: 'Chart', subject_ids: '{}' }])
})

const denials = () =>
  api.sql(`select action, subject, subject_ids::text from audit_event where outcome = 'denied' and subject <> 'Session' order by at, id`)

test('a root field without a door does not get into a schema', () => {
  const query = (extensions: Record<string, unknown>) =>
    new GraphQLSchema({ query: new GraphQLObjectType({ name: 'Query', fields: { planted: { type: GraphQLString, extensions } } }) })
  expect(() => guardDoors(query({}))).toThrow('Query.planted declares no door')
  expect(() => guardDoors(query({ door: { action: 'read', subject: 'Everything' } }))).toThrow('declares no door')
  expect(() => guardDoors(query({ door: 'ajar' }))).toThrow('declares no door')
  expect(() => guardDoors(query({ door: 'open' }))).not.toThrow()
  expect(() => guardDoors(query({ door: { action: 'read', subject: 'Chart' } }))).not.toThrow()
})
