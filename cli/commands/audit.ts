import { Command, Option } from 'commander';
import { AuditMistake, auditMistakeText } from '../audit/audit-mistake.ts';
import type { LiveOptions } from '../audit/live/open-live.ts';
import type { Format } from '../audit/report/writers.ts';
import { visible } from '../finding/visible.ts';
import { readVersion } from '../version.ts';

const formats: readonly (Format | 'cyclonedx')[] = [
  'text',
  'json',
  'html',
  'sarif',
  'junit',
  'markdown',
  'cyclonedx',
];

/** `bulwark audit`: a verdict with evidence for each line of the production checklist. */
export function auditCommand(): Command {
  const command = new Command('audit')
    .description(
      'give each of the 21 lines of the production checklist a verdict: pass, fail or unknown, with evidence and the fix',
    )
    .argument('[folder]', 'the folder of the project', '.')
    .addOption(new Option('--format <name>', 'the report format').choices(formats).default('text'))
    .option('--output <file>', 'write the report to this file')
    .addOption(
      new Option(
        '--fail-on <verdict>',
        'exit with 1 for lines that fail, for those that are unknown too, or never',
      )
        .choices(['fail', 'unknown', 'never'])
        .default('fail'),
    )
    .option('--baseline <file>', 'exit with 1 only for what is not recorded in this file')
    .option('--update-baseline', 'record what fails and what is unknown now')
    .option('--badge <file>', 'write the score as an SVG image')
    .option(
      '--attest <file>',
      'what people attest (default: bulwark.attest.toml in the folder, if it is there)',
    )
    .option('--ca <file>', 'a certificate authority that the site may use, in PEM')
    .option('--browser', 'with --url: also load each page twice in Chromium, if playwright-core is installed')
    .option('--login-probe <url>', 'with --url: try wrong passwords on the log-in form of this page')
    .option('--login-user <name>', 'the user to try them for: one that exists for this test alone')
    .option(
      '--host-probe',
      'open one connection each to the metadata addresses of clouds, to see whether they can be reached',
    )
    .option('--fix', 'first apply the fixes of the scanner that are certain, and show the diff')
    .option('--fix-dry-run', 'show that diff without changing any file')
    .option(
      '--advisories <source>',
      "look up dependencies in a folder with an OSV dump or cve-lite's database, or ask a service over the network: osv or npm",
    )
    .option('--advisories-age <days>', 'the age in days from which a dump counts as old', '7')
    .option(
      '--decisions <file>',
      'vulnerabilities that were accepted (default: bulwark.decisions.toml in the folder, if it is there)',
    )
    .addHelpText(
      'after',
      '\nNothing of the project is executed. No connection is opened, except by --url, --host-probe, and --advisories osv or npm, which' +
        '\nsend the names and versions of public packages. What is skipped is unknown.' +
        '\nExit code: 0, 1 as --fail-on says, 2 if the audit could not run, 3 if the advisories that were named are missing, broken' +
        '\nor old, and nothing else ends it with 1.',
    );
  every(
    command,
    '--only <check>',
    'run only this check (django/ssl-redirect), group (django/*) or line (https); repeatable',
  );
  every(command, '--skip <check>', 'leave out this check, group or line; repeatable');
  each(command, '--url <url>', 'also look at a running site, and at this page of it; repeatable');
  each(
    command,
    '--allow-host <host>',
    'the host of --url, if it is not this machine: what may be tested is named twice; repeatable',
  );
  each(command, '--probe-address <address:port>', 'with --host-probe: also try this address; repeatable');
  return command.action(async (folder: string, options: AuditCommandOptions) => {
    try {
      const [{ runAuditCommand }, { allChecks }] = await Promise.all([
        import('../audit/run-command.ts'),
        import('../audit/all-checks.ts'),
      ]);
      const { only = [], skip = [], updateBaseline = false, fix, fixDryRun, ...others } = options;
      const { url, allowHost, ca, browser, loginProbe, loginUser, hostProbe, probeAddress, ...rest } = others;
      const live = liveOptions({
        ...{ url, allowHost, ca, browser, loginProbe, loginUser, hostProbe, probeAddress },
      });
      const { stdout, stderr, exitCode } = await runAuditCommand(
        {
          ...{ ...rest, folder, only, skip, updateBaseline, live },
          fix: fixDryRun ? 'show' : fix ? 'write' : undefined,
        },
        {
          cwd: process.cwd(),
          version: readVersion(),
          color: process.stdout.isTTY === true && !process.env['NO_COLOR'],
          today: new Date().toISOString().slice(0, 10),
          checks: allChecks,
          progress: showProgress,
        },
      );
      process.stderr.write(stderr);
      process.stdout.write(stdout);
      process.exitCode = exitCode;
    } catch (error) {
      // A mistake of the audit's own must not look like a verdict, which ends with 1.
      process.stderr.write(error instanceof AuditMistake ? auditMistakeText(error) : unexpected(error));
      process.exitCode = 2;
    }
  });
}

/** A line on a terminal that is written over, and taken away at the end. */
function showProgress(done: number, total: number): void {
  if (process.stderr.isTTY !== true) return;
  process.stderr.write(`\r\u001b[K${done >= total ? '' : `auditing: ${done} of ${total} checks`}`);
}

function unexpected(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `The audit failed. Please report this error:\n${stack.split('\n').map(visible).join('\n')}\n`;
}

/** Undefined if none of them is given: then nothing of the network is even loaded. */
function liveOptions(options: LiveCommandOptions): LiveOptions | undefined {
  if (Object.values(options).every((value) => value === undefined)) return undefined;
  const { url = [], allowHost = [], probeAddress = [], ...others } = options;
  return { urls: url, allowHosts: allowHost, probeAddresses: probeAddress, ...others };
}

interface LiveCommandOptions {
  readonly url?: readonly string[] | undefined;
  readonly allowHost?: readonly string[] | undefined;
  readonly ca?: string | undefined;
  readonly browser?: boolean | undefined;
  readonly loginProbe?: string | undefined;
  readonly loginUser?: string | undefined;
  readonly hostProbe?: boolean | undefined;
  readonly probeAddress?: readonly string[] | undefined;
}

interface AuditCommandOptions extends LiveCommandOptions {
  readonly format: Format | 'cyclonedx';
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  readonly output?: string;
  readonly failOn: 'fail' | 'unknown' | 'never';
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly badge?: string;
  readonly attest?: string;
  readonly advisories?: string;
  readonly advisoriesAge: string;
  readonly decisions?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/** Also `--only django/*,https`. */
function every(command: Command, flags: string, description: string): void {
  command.option(flags, description, (value: string, before: readonly string[] = []) => [
    ...before,
    ...value.split(',').map((one) => one.trim()),
  ]);
}

/** A URL may hold a comma. */
function each(command: Command, flags: string, description: string): void {
  command.option(flags, description, (value: string, before: readonly string[] = []) => [...before, value]);
}
