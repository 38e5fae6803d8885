import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EgressDecision } from 'bulwark/fetch';
import { build } from 'esbuild';
import { root } from '../repository.ts';

export interface PreloadedRun {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
  /** The lines of the decision log, where it goes to standard error. */
  readonly decisions: readonly LoggedDecision[];
  /** The codes and actions of events: `blocked fetch/private-address`. */
  readonly events: readonly string[];
}

export type LoggedDecision = EgressDecision & {
  readonly time: string;
  readonly pid: number;
  readonly count?: number;
};

export interface PreloadedFolder {
  readonly folder: string;
  /** The preload in one file, so that it starts without tsx and on other versions of Node. */
  readonly preload: string;
  write(name: string, text: string): string;
  /** Runs a program by `node --import <preload>`. No policy file is written where `policy` is undefined. */
  run(options: {
    readonly program: string;
    readonly policy?: object | string | undefined;
    readonly env?: Readonly<Record<string, string>>;
    readonly flags?: readonly string[];
    readonly node?: string;
    readonly input?: string;
  }): Promise<PreloadedRun>;
  remove(): void;
}

/** A folder for programs that run behind `bulwark/fetch/preload`, in processes of their own. */
export async function preloadedFolder(): Promise<PreloadedFolder> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-preload-'));
  const preload = join(folder, 'preload.mjs');
  await build({
    entryPoints: [join(root, 'lib/fetch/preload/index.ts')],
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'silent' },
    outfile: preload,
  });
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  return {
    folder,
    preload,
    write,
    async run({ program, policy, env = {}, flags = ['--import', preload], node = process.execPath, input }) {
      const file = join(folder, 'bulwark.egress.json');
      rmSync(file, { force: true });
      if (policy !== undefined) {
        writeFileSync(file, typeof policy === 'string' ? policy : JSON.stringify(policy));
      }
      write('program.mjs', program);
      const { NODE_OPTIONS: _, ...inherited } = process.env;
      const child = spawn(node, [...flags, 'program.mjs'], {
        ...{ cwd: folder, env: { ...inherited, ...env }, stdio: 'pipe' },
        ...{ timeout: 30_000, killSignal: 'SIGKILL' },
      });
      child.stdin.on('error', () => {}).end(input ?? '');
      const [output, errors, code] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        new Promise<number | null>((done, failed) => child.once('exit', done).once('error', failed)),
      ]);
      return { code, output, errors, ...linesOf(errors) };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function linesOf(errors: string): Pick<PreloadedRun, 'decisions' | 'events'> {
  const lines = errors.split('\n').filter((line) => line.startsWith('{"'));
  const records = lines.map((line) => JSON.parse(line) as LoggedDecision & { action?: string });
  return {
    decisions: records.filter(({ outcome }) => outcome !== undefined),
    events: records.filter(({ action }) => action).map(({ action, code }) => `${action} ${code}`),
  };
}

async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
