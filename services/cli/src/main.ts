import { program } from 'commander'
import { CommandFault } from './command-fault.ts'
import { importCommand, type ImportOptions } from './import-command.ts'

program.name('commons').description('CareCommons on the command line').showHelpAfterError()

const importing = program.command('import').description('brings records into the region')
importing
  .command('fhir')
  .description('imports FHIR R4 NDJSON files (.ndjson, .ndjson.gz) or folders of them')
  .argument('<paths...>', 'files or folders')
  .option('--practices-by <csv>', 'which practice each patient belongs to (patient_id, pcp_org_id, ...)')
  .option('--practice <slug>', 'everything belongs to this practice')
  .action((paths: string[], options: ImportOptions) => importCommand(paths, options))

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommandFault)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
