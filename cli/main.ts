#!/usr/bin/env node
import { Command } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { codemodCommand } from './commands/codemod.ts';
import { dbCommand } from './commands/db.ts';
import { doctorCommand } from './commands/doctor.ts';
import { egressCommand } from './commands/egress.ts';
import { explainCommand } from './commands/explain.ts';
import { initCommand } from './commands/init.ts';
import { languageServerCommand } from './commands/language-server.ts';
import { scanCommand } from './commands/scan.ts';
import { sqlCommand } from './commands/sql.ts';
import { loadEngine } from './scan/load-engine.ts';
import { readVersion } from './version.ts';

const program = new Command('bulwark')
  .description(
    "Finds security flaws in TypeScript, JavaScript and Python, explains refusals, and locks down an application's network and database.",
  )
  .version(readVersion())
  .showHelpAfterError()
  .addCommand(scanCommand(loadEngine))
  .addCommand(auditCommand())
  .addCommand(languageServerCommand())
  .addCommand(initCommand())
  .addCommand(codemodCommand())
  .addCommand(explainCommand())
  .addCommand(egressCommand())
  .addCommand(dbCommand())
  .addCommand(doctorCommand())
  .addCommand(sqlCommand());

exitWithTwo(program);
await program.parseAsync();

/** Commander ends with 1 after a mistake on the command line; 2 keeps that apart from a result. */
function exitWithTwo(command: Command): void {
  command.exitOverride((error) => process.exit(error.exitCode && 2));
  command.commands.forEach(exitWithTwo);
}
