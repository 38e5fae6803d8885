import { Command, Option } from 'commander';
import { DoctorMistake, doctorMistakeText } from '../doctor/doctor-mistake.ts';
import { visible } from '../finding/visible.ts';

/** `bulwark doctor`: what is set up wrongly around an application, and the line that fixes it. */
export function doctorCommand(): Command {
  const command = new Command('doctor')
    .description(
      'diagnose proxies, origin, cookies, headers and policy of a running application, or the setup in its code',
    )
    .argument('[target]', 'the URL that browsers use, or a folder with code', '.')
    .addOption(new Option('--format <name>', 'the report format').choices(['text', 'json']).default('text'))
    .option('--token-file <path>', 'a file that holds the token; otherwise BULWARK_DOCTOR_TOKEN is used')
    .option('--ca <path>', 'a PEM file with the CA certificate for the URL, if Node does not know it')
    .option(
      '--path <path>',
      'another page of the same site to read, such as /log-in; repeatable',
      (value: string, before: readonly string[] = []) => [...before, value],
    )
    .addHelpText(
      'after',
      '\nExit code: 0 if nothing is wrong, 1 if something is, 2 if nothing could be diagnosed.\n' +
        'To learn what the application sees, start it with BULWARK_DOCTOR=1 and run the command that it prints.',
    );
  return command.action(async (target: string, options: DoctorCommandOptions) => {
    try {
      const { runDoctor } = await import('../doctor/run-doctor.ts');
      const { format, path: paths = [], tokenFile, ca } = options;
      const { text, exitCode } = await runDoctor({ target, format, paths, tokenFile, ca }, process.env);
      process.stdout.write(text);
      process.exitCode = exitCode;
    } catch (error) {
      // A mistake of the doctor's own must not look like a diagnosis, which ends with 1.
      process.stderr.write(error instanceof DoctorMistake ? doctorMistakeText(error) : unexpected(error));
      process.exitCode = 2;
    }
  });
}

function unexpected(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `The doctor failed. Please report this error:\n${stack.split('\n').map(visible).join('\n')}\n`;
}

interface DoctorCommandOptions {
  readonly format: string;
  readonly path?: readonly string[];
  readonly tokenFile?: string;
  readonly ca?: string;
}
