import { Command } from 'commander';
import { runLab } from './run/run-lab.ts';

const command = new Command('lab')
  .description(
    'Fires the same attacks at an undefended and a defended application, and shows what each one lost.',
  )
  .option('--once', 'end after the run instead of serving the page, with both applications open')
  .option('--all', 'print a line for each payload at each endpoint, not only for those of the guide')
  .option('--json <file>', 'write the whole run as JSON')
  .option('--html <file>', 'write the whole run as a page')
  .addHelpText(
    'after',
    `
LAB_DATABASE_URL   a PostgreSQL server, as a role that may create databases and roles, instead of the embedded one

Exit codes: 0 all as it should be, 1 something got through or was lost, 2 the lab could not run,
            3 no Chromium, so that XSS was not confirmed`,
  )
  .parse();

process.exitCode = await runLab(command.opts());
