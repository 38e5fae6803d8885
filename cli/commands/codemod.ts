import { Command } from 'commander';
import { InitMistake, initMistakeText } from '../init/init-mistake.ts';
import { readVersion } from '../version.ts';

/** `bulwark codemod`: moves code from another library to Bulwark. */
export function codemodCommand(): Command {
  return new Command('codemod')
    .description('move a project from another library to Bulwark, as far as that is mechanical')
    .argument('<library>', 'helmet, cors, csurf, express-rate-limit or sanitize-html')
    .argument('[folder]', 'the folder of the application', '.')
    .option('--write', 'write the changes; without it they are only shown')
    .option(
      '--packages <folder>',
      'a folder with the packed tarballs of bulwark and bulwark-cli (default: vendor)',
    )
    .addHelpText(
      'after',
      '\nExit code: 0 if nothing is left to do by hand, 1 if something is, 2 if it could not run.',
    )
    .action(async (library: string, folder: string, options: CodemodCommandOptions) => {
      try {
        const [{ codemods }, { findCodemod, runCodemod }] = await Promise.all([
          import('../codemod/codemods.ts'),
          import('../codemod/run-codemod.ts'),
        ]);
        const codemod = findCodemod(codemods, library);
        const { packages } = options;
        const run = { folder, packages, write: options.write === true };
        process.exitCode = runCodemod(codemod, run, readVersion(), (text) => void process.stdout.write(text));
      } catch (error) {
        if (!(error instanceof InitMistake)) throw error;
        process.stderr.write(initMistakeText(error));
        process.exitCode = 2;
      }
    });
}

interface CodemodCommandOptions {
  readonly write?: boolean;
  readonly packages?: string;
}
