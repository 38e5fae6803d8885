import { Command, Option } from 'commander';
import type { Confidence, Severity } from '../finding/finding.ts';
import { confidences, severities } from '../finding/finding-order.ts';
import { visible } from '../finding/visible.ts';
import { type Format, formats } from '../finding/writers.ts';
import type { EngineUse } from '../scan/load-engine.ts';
import { MemoryCache } from '../scan/part/memory-cache.ts';
import type { PartCache } from '../scan/part/part-cache.ts';
import type { RunOptions } from '../scan/run-scan.ts';
import { ScanMistake, scanMistakeText } from '../scan/scan-mistake.ts';
import type { ScanEngine } from '../scan/scan-result.ts';
import { readBuildId, readVersion } from '../version.ts';

/** `bulwark scan`: follows data through TypeScript, JavaScript and Python to where it does harm. */
export function scanCommand(loadEngine: (use: EngineUse) => Promise<ScanEngine>): Command {
  const command = new Command('scan')
    .description(
      'find where data of others reaches SQL, HTML, shells, files and other places, and show its way',
    )
    .argument('[paths...]', 'files and folders; without any, the current folder')
    .addOption(new Option('--format <name>', 'how to report').choices(formats).default('text'))
    .option('--output <file>', 'write the report there')
    .option('--config <file>', 'instead of the nearest bulwark.config.{json,yaml,yml,js,mjs}')
    .option('--no-config', 'use none; one in JavaScript would be run')
    .addOption(new Option('--min-severity <word>', 'the least that is reported').choices(severities))
    .addOption(
      new Option('--min-confidence <word>', 'the least that is reported; without it, medium').choices(
        confidences,
      ),
    )
    .option('--baseline <file>', 'hide the findings that it knows, as many as it knows')
    .option('--update-baseline', 'write what is found now into the baseline')
    .option('--fix', 'change the files where the fix of a finding is certain, and show the diff')
    .option('--fix-dry-run', 'show that diff alone')
    .option('--watch', 'scan again whenever files change, and tell what is new and what is gone')
    .option('--no-cache', 'scan what was scanned before as if it were new')
    .option('--diff <revision>', 'report only what was added since this branch left that one')
    .addHelpText('after', '\nEnds with 0 if nothing was found, 1 if something was, 2 if it could not run.');
  every(command, '--only <rule>', 'look for this rule (sql/injection) or area (sql/*); repeat it for more');
  every(command, '--skip <rule>', 'leave it out; repeat it for more');
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
        const { runWatch } = await import('../scan/watch/run-watch.ts');
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
    import('../scan/part/disk-cache.ts'),
    import('../scan/project/find-root.ts'),
  ]);
  const { root } = findRoot(process.cwd(), paths);
  return openDiskCache(cacheFolder(process.env, process.platform), buildId, root);
}

function unexpected(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `The scan ended by a mistake of its own; please report it with what follows.\n${stack.split('\n').map(visible).join('\n')}\n`;
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
