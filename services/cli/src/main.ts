// Each command loads its own part of the house when it is asked for: all of it takes a second and a half.
import { roleNames } from '@carecommons/access'
import { type Command, program } from 'commander'
import type { VerifyOptions } from './audit-command.ts'
import { CommandFault } from './command-fault.ts'
import { DEMO_DEFAULTS, type DemoSize } from './demo-size.ts'
import type { ImportOptions } from './import-command.ts'
import type { CheckOptions } from './measures-check-command.ts'
import type { ExplainOptions } from './measures-explain-command.ts'
import type { InspectOptions } from './measures-inspect-command.ts'
import { outliveReaders } from './terminal.ts'
import type { AddUserOptions, SignOptions } from './users-command.ts'

outliveReaders()
program.name('commons').description('CareCommons on the command line').showHelpAfterError()

withDemoSize(program.command('start').description('sets everything up and serves web and API')).action(async (size: DemoSize) =>
  (await import('./start-command.ts')).startCommand(size),
)
program
  .command('doctor')
  .description('tells which server, roles, queue and data folder this install uses, and what is wrong')
  .action(async () => (await import('./doctor-command.ts')).doctorCommand())

const importing = program.command('import').description('brings records into the region')
importing
  .command('fhir')
  .description('imports FHIR R4 NDJSON files (.ndjson, .ndjson.gz) or folders of them')
  .argument('<paths...>', 'files or folders')
  .option('--practices-by <csv>', 'which practice each patient belongs to (patient_id, pcp_org_id, ...)')
  .option('--practice <slug>', 'everything belongs to this practice')
  .option('--part2', 'the files come from a program under 42 CFR Part 2: every record is opened by consent only')
  .action(async (paths: string[], options: ImportOptions) => (await import('./import-command.ts')).importCommand(paths, options))

withDemoSize(program.command('demo').description('fills the region with made-up people')).action(async (size: DemoSize) =>
  (await import('./demo-command.ts')).demoCommand(size),
)

const PREFIXES = 'canonical prefixes that mean the same (JSON); otherwise the file of COMMONS_PROFILE_PREFIXES'
const measures = program.command('measures').description('computes quality measures')
measures
  .command('run')
  .description('computes the measure set over a calendar year and publishes it')
  .requiredOption('--year <year>', 'calendar year')
  .option('--repeat <run>', 'computes a run once more: the packages it had, over the records that stood then')
  .action(async (options: { year: string; repeat?: string }) => (await import('./measures-command.ts')).measuresRunCommand(options))

measures
  .command('check')
  .description('runs the published test cases of a measure package and tells every difference; ends with 1 when there is one')
  .requiredOption('--package <file>', 'FHIR measure bundle (.json, .json.gz)')
  .requiredOption('--cases <file>', 'deck of cases (.ndjson, .ndjson.gz)')
  .option('--json', 'one JSON document a case, then the summary')
  .option('--prefixes <file>', PREFIXES)
  .action(async (options: CheckOptions) => (await import('./measures-check-command.ts')).measuresCheckCommand(options))
measures
  .command('explain')
  .description('tells in words why a test case is in the populations that it is in')
  .requiredOption('--package <file>', 'FHIR measure bundle (.json, .json.gz)')
  .requiredOption('--case <id>', 'id or title of the case')
  .option('--cases <file>', 'deck of cases; otherwise the one beside the package')
  .option('--prefixes <file>', PREFIXES)
  .action(async (options: ExplainOptions) => (await import('./measures-explain-command.ts')).measuresExplainCommand(options))
measures
  .command('inspect')
  .description('tells what a measure package computes, of what it is made and which data it asks for')
  .requiredOption('--package <file>', 'FHIR measure bundle (.json, .json.gz)')
  .option('--prefixes <file>', PREFIXES)
  .action(async (options: InspectOptions) => (await import('./measures-inspect-command.ts')).measuresInspectCommand(options))

program
  .command('audit')
  .description('the record of who looked')
  .command('verify')
  .description('finds what was edited, deleted, inserted, reordered or cut off, and what is not sealed; ends with 1 when it finds any')
  .option('--practice <slug>', 'rows of this practice only')
  .option('--from <day>', 'sealed on this day or later')
  .option('--to <day>', 'sealed on this day or before')
  .action(async (options: VerifyOptions) => (await import('./audit-command.ts')).auditVerifyCommand(options))

const users = program.command('users').description('people who sign in')
users
  .command('add')
  .description('adds a person; the password is told once')
  .requiredOption('--name <name>')
  .requiredOption('--email <email>')
  .requiredOption('--role <role>', roleNames.join(', '))
  .requiredOption('--organization <slug>', 'short name, see `commons organizations`')
  .action(async (options: AddUserOptions) => (await import('./users-command.ts')).addUserCommand(options))
users
  .command('password')
  .description('gives a person a new password, told once')
  .argument('<email>')
  .action(async (email: string) => (await import('./users-command.ts')).passwordCommand(email))

const organizations = program
  .command('organizations')
  .description('lists practices and payers with their short names')
  .action(async () => (await import('./users-command.ts')).organizationsCommand())
organizations
  .command('sign')
  .description(
    'records that practices signed the participation and the data-use agreement on paper; their people reach their charts from now on',
  )
  .argument('<slugs...>', 'short names, or all')
  .requiredOption('--by <name>', 'who signed')
  .requiredOption('--as <office>', 'as what: owner, medical director, ...')
  .action(async (slugs: string[], options: SignOptions) => (await import('./users-command.ts')).signCommand(slugs, options))
organizations
  .command('part2')
  .description('says that a practice is a program under 42 CFR Part 2: every record that arrives for it is opened by consent only')
  .argument('<slug>', 'short name')
  .option('--off', 'it is one no longer; records keep the labels they have')
  .action(async (slug: string, options: { off?: boolean }) => (await import('./users-command.ts')).part2Command(slug, options))

try {
  await program.parseAsync()
} catch (error) {
  const { ClusterProblem, InstallFault } = await import('@carecommons/database')
  if (![CommandFault, ClusterProblem, InstallFault].some((kind) => error instanceof kind)) throw error
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}

function withDemoSize(command: Command): Command {
  return command
    .option('--practices <count>', 'member practices of the demo region', wholeNumber, DEMO_DEFAULTS.practices)
    .option('--patients <count>', 'charts in all', wholeNumber, DEMO_DEFAULTS.patients)
    .option('--seed <number>', 'the same seed makes the same region', wholeNumber, DEMO_DEFAULTS.seed)
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1) throw new CommandFault(`"${text}" is not a whole number above zero.`)
  return number
}
