import { ClusterProblem, InstallFault } from '@carecommons/database'
import { roleNames } from '@carecommons/access'
import { type Command, program } from 'commander'
import { auditVerifyCommand, type VerifyOptions } from './audit-command.ts'
import { CommandFault } from './command-fault.ts'
import { DEMO_DEFAULTS, demoCommand } from './demo-command.ts'
import { doctorCommand } from './doctor-command.ts'
import { importCommand, type ImportOptions } from './import-command.ts'
import { measuresRunCommand } from './measures-command.ts'
import { startCommand } from './start-command.ts'
import {
  type AddUserOptions,
  addUserCommand,
  organizationsCommand,
  passwordCommand,
  signCommand,
  type SignOptions,
} from './users-command.ts'

program.name('commons').description('CareCommons on the command line').showHelpAfterError()

withDemoSize(program.command('start').description('sets everything up and serves web and API')).action(startCommand)
program
  .command('doctor')
  .description('tells which server, roles, queue and data folder this install uses, and what is wrong')
  .action(doctorCommand)

const importing = program.command('import').description('brings records into the region')
importing
  .command('fhir')
  .description('imports FHIR R4 NDJSON files (.ndjson, .ndjson.gz) or folders of them')
  .argument('<paths...>', 'files or folders')
  .option('--practices-by <csv>', 'which practice each patient belongs to (patient_id, pcp_org_id, ...)')
  .option('--practice <slug>', 'everything belongs to this practice')
  .action((paths: string[], options: ImportOptions) => importCommand(paths, options))

withDemoSize(program.command('demo').description('fills the region with made-up people')).action(demoCommand)

const measures = program.command('measures').description('computes quality measures')
measures
  .command('run')
  .description('computes the measure set over a calendar year and publishes it')
  .requiredOption('--year <year>', 'calendar year')
  .action(measuresRunCommand)

program
  .command('audit')
  .description('the record of who looked')
  .command('verify')
  .description('finds what was edited, deleted, inserted, reordered or cut off, and what is not sealed; ends with 1 when it finds any')
  .option('--practice <slug>', 'rows of this practice only')
  .option('--from <day>', 'sealed on this day or later')
  .option('--to <day>', 'sealed on this day or before')
  .action((options: VerifyOptions) => auditVerifyCommand(options))

const users = program.command('users').description('people who sign in')
users
  .command('add')
  .description('adds a person; the password is told once')
  .requiredOption('--name <name>')
  .requiredOption('--email <email>')
  .requiredOption('--role <role>', roleNames.join(', '))
  .requiredOption('--organization <slug>', 'short name, see `commons organizations`')
  .action((options: AddUserOptions) => addUserCommand(options))
users.command('password').description('gives a person a new password, told once').argument('<email>').action(passwordCommand)

const organizations = program
  .command('organizations')
  .description('lists practices and payers with their short names')
  .action(organizationsCommand)
organizations
  .command('sign')
  .description(
    'records that practices signed the participation and the data-use agreement on paper; their people reach their charts from now on',
  )
  .argument('<slugs...>', 'short names, or all')
  .requiredOption('--by <name>', 'who signed')
  .requiredOption('--as <office>', 'as what: owner, medical director, ...')
  .action((slugs: string[], options: SignOptions) => signCommand(slugs, options))

try {
  await program.parseAsync()
} catch (error) {
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
