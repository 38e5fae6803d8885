import { Command } from 'commander';
import { runLab } from './run/run-lab.ts';

const command = new Command('lab')
  .description('Fires the same attacks at an undefended and a defended shop, and shows what each one lost.')
  .option('--once', 'serve no page: run, print the result and end')
  .option('--quick', 'fire 60 attacks of nearly all kinds, take no guard out, and end: about 25 seconds')
  .option('--all', 'print every payload at every endpoint, not only those of the guide')
  .option('--json <file>', 'write the whole run to a JSON file')
  .option('--html <file>', 'write the whole run to an HTML page')
  .addHelpText(
    'after',
    `
LAB_DATABASE_URL   use this PostgreSQL server instead of the embedded one; the role must be allowed to create
                   databases and roles

Exit codes: 0 as expected, 1 an attack got through or an honest request failed, 2 the lab could not run,
            3 no Chromium, so attacks on a browser were not confirmed`,
  )
  .parse();

process.exitCode = await runLab(command.opts());
