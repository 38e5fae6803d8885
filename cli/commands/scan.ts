import { Command, Option } from 'commander';
import type { Confidence, Severity } from '../finding/finding.ts';
import { confidences, severities } from '../finding/finding-order.ts';
import { visible } from '../finding/visible.ts';
import { type Format, formats } from '../finding/writers.ts';
import { MemoryCache } from '../scan/incremental/memory-cache.ts';
import type { PartCache } from '../scan/incremental/part-cache.ts';
import type { EngineUse } from '../scan/load-engine.ts';
import type { RunOptions } from '../scan/run-scan.ts';
import type { ScanEngine } from '../scan/scan-engine.ts';
import { ScanMistake, scanMistakeText } from '../scan/scan-mistake.ts';
import { readBuildId, readVersion } from '../version.ts';

/** `bulwark scan`: follows data through TypeScript, JavaScript and Python to where it does harm. */
export function scanCommand(loadEngine: (use: EngineUse) => Promise<ScanEngine>): Command {
  const command = new Command('scan')
    .description(
      'find security flaws in TypeScript, JavaScript and Python, and show how untrusted data reaches them',
    )
    .argument('[paths...]', 'files and folders to scan (default: the current folder)')
    .addOption(new Option('--format <name>', 'the report format').choices(formats).default('text'))
    .option('--output <file>', 'write the report to this file')
    .option(
      '--config <file>',
      'use this configuration instead of the nearest bulwark.config.{json,yaml,yml,js,mjs} or pyproject.toml',
    )
    .option('--no-config', 'ignore configuration files; one in JavaScript would be executed')
    .addOption(
      new Option('--min-severity <level>', 'report findings of at least this severity').choices(severities),
    )
    .addOption(
      new Option(
        '--min-confidence <level>',
        'report findings of at least this confidence (default: medium)',
      ).choices(confidences),
    )
    .option('--hardening', 'report each finding of hardening advice, not only a summary of them')
    .option('--baseline <file>', 'hide the findings recorded in this file')
    .option('--update-baseline', 'record the current findings in the baseline')
    .option('--fix', 'apply the fixes that are certain, and show the diff')
    .option('--fix-dry-run', 'show the diff without changing any file')
    .option('--watch', 'scan again whenever a file changes, and report what is new and what is fixed')
    .option('--no-cache', 'ignore the results of earlier scans')
    .option('--diff <revision>', 'report only findings added since the current branch left this revision')
    .addHelpText('after', '\nExit code: 0 for no findings, 1 for findings, 2 if the scan could not run.');
  every(command, '--only <rule>', 'check only this rule (sql/injection) or area (sql/*); repeatable');
  every(command, '--skip <rule>', 'skip this rule or area; repeatable');
  return command.action(async (paths: readonly string[], options: ScanCommandOptions) => {
    try {
      const run: RunOptions = {
        ...options,
        paths,
        config: options.config === true ? undefined : options.config,
        only: options.only ?? [],
        skip: options.skip ?? [],
        updateBaseline: options.updateBaseline === true,
        fix: options.fixDryRun ? 'show' : options.fix ? 'write' : undefined,
      };
      const around = {
        cwd: process.cwd(),
        version: readVersion(),
        color: process.stdout.isTTY === true && !process.env['NO_COLOR'],
        progress: progressLine(process.stderr),
      };
      if (options.watch === true) {
        const { runWatch } = await import('../scan/incremental/watch/run-watch.ts');
        process.exitCode = await runWatch(run, around);
        return;
      }
      const cache = options.cache ? await diskCache(run.paths) : undefined;
      const { runScan } = await import('../scan/run-scan.ts');
      const { stdout, stderr, exitCode } = await runScan(run, {
        ...around,
        // Fixes are made in more than one scan.
        engine: await loadEngine({ cache: cache ?? (run.fix ? new MemoryCache() : undefined) }),
        today: new Date().toISOString().slice(0, 10),
      });
      process.stdout.write(stdout);
      process.stderr.write(stderr);
      process.exitCode = exitCode;
    } catch (error) {
      // A mistake of the scanner's own must not look like findings, which end with 1.
      const text = error instanceof ScanMistake ? scanMistakeText(error) : unexpected(error);
      process.stderr.write(text);
      process.exitCode = 2;
    }
  });
}

/**
 * What was found before is kept in the user's folder, by builds of the scanner. It is data alone, and no compiled code: who can
 * forge what CI keeps from one run to the next could hide findings, and is to get no further.
 */
async function diskCache(paths: readonly string[]): Promise<PartCache | undefined> {
  const buildId = readBuildId();
  if (buildId === undefined) return undefined;
  const [{ cacheFolder, openDiskCache }, { findRoot }] = await Promise.all([
    import('../scan/incremental/disk-cache.ts'),
    import('../scan/project/find-root.ts'),
  ]);
  const { root } = findRoot(process.cwd(), paths);
  return openDiskCache(cacheFolder(process.env, process.platform), buildId, root);
}

function unexpected(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `The scanner failed. Please report this error:\n${stack.split('\n').map(visible).join('\n')}\n`;
}

interface ScanCommandOptions {
  readonly format: Format;
  readonly output?: string;
  /** Commander's: `true` where neither `--config` nor `--no-config` is given. */
  readonly config?: string | boolean;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly minSeverity?: Severity;
  readonly minConfidence?: Confidence;
  readonly hardening?: boolean;
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly diff?: string;
  readonly cache: boolean;
  readonly watch?: boolean;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
}

/** Also `--only sql/*,xss/dom`. */
function every(command: Command, flags: string, description: string): void {
  command.option(flags, description, (value: string, before: readonly string[] = []) => [
    ...before,
    ...value.split(',').map((one) => one.trim()),
  ]);
}

/** A line on a terminal that is written over, at most a hundred times, and taken away at the end. */
export function progressLine(stream: {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}): (done: number, total: number) => void {
  let shown = -1;
  return (done, total) => {
    if (stream.isTTY !== true) return;
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    if (percent === shown) return;
    shown = percent;
    stream.write(done >= total ? '\r\u001b[K' : `\r\u001b[Kscanning: ${done} of ${total} files`);
  };
}
