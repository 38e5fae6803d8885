import { Command, Option } from 'commander';
import { InitMistake, initMistakeText } from '../init/init-mistake.ts';
import { readVersion } from '../version.ts';

/** `bulwark init`: adds Bulwark to a project, in report mode. */
export function initCommand(): Command {
  return new Command('init')
    .description(
      'add Bulwark to an existing project: guards in report mode, a test, a CI job and a commit hook',
    )
    .argument('[folder]', 'the folder of the application', '.')
    .option('--yes', 'write the changes without asking')
    .option('--dry-run', 'show the changes and write nothing')
    .option(
      '--packages <folder>',
      'a folder with the packed tarballs of bulwark and bulwark-cli (default: vendor)',
    )
    .addOption(
      new Option('--ci <service>', 'the service that the CI job is for, if it is not found').choices([
        'github',
        'gitlab',
      ]),
    )
    .option('--pre-commit', 'set up pre-commit for the commit hook, if the project has no tool for hooks')
    .addHelpText('after', '\nExit code: 0 if done or nothing to do, 1 if you said no, 2 if it could not run.')
    .action(async (folder: string, options: InitCommandOptions) => {
      try {
        const { runInit } = await import('../init/run-init.ts');
        process.exitCode = await runInit(
          {
            folder,
            packages: options.packages,
            ci: options.ci && services[options.ci],
            preCommit: options.preCommit,
            mode: options.dryRun === true ? 'dry-run' : options.yes === true ? 'yes' : 'ask',
          },
          {
            version: readVersion(),
            today: new Date(),
            print: (text) => void process.stdout.write(text),
            ask: process.stdin.isTTY === true && process.stdout.isTTY === true ? askOnTerminal : undefined,
          },
        );
      } catch (error) {
        if (!(error instanceof InitMistake)) throw error;
        process.stderr.write(initMistakeText(error));
        process.exitCode = 2;
      }
    });
}

/** Esc and Ctrl+C mean no. */
async function askOnTerminal(question: string): Promise<boolean> {
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: question });
  return !isCancel(answer) && answer;
}

const services = { github: 'GitHub', gitlab: 'GitLab' } as const;

interface InitCommandOptions {
  readonly ci?: keyof typeof services;
  readonly preCommit?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly packages?: string;
}
