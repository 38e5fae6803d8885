import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';

export interface Packed {
  /** The tarball's path. */
  readonly file: string;
  /** What it holds, relative to the package. */
  readonly contents: readonly string[];
}

/** Builds the packages and packs them as `npm publish` would. */
export async function packAll(): Promise<{ lib: Packed; cli: Packed; remove(): void }> {
  await succeed(process.execPath, '--import', 'tsx', 'checks/build/build.ts');
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-tarballs-'));
  const pack = async (workspace: string): Promise<Packed> => {
    const json = await succeed(
      'npm',
      'pack',
      '-w',
      workspace,
      '--json',
      '--silent',
      '--pack-destination',
      folder,
    );
    // npm 11 gives a list, and npm 12 an object by name.
    const parsed = JSON.parse(json) as object;
    const [packed] = Object.values(parsed) as { filename: string; files: { path: string }[] }[];
    if (!packed) throw new Error(`npm pack said nothing about ${workspace}.`);
    return { file: join(folder, packed.filename), contents: packed.files.map(({ path }) => path) };
  };
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    return { lib: await pack('lib'), cli: await pack('cli'), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

async function succeed(command: string, ...args: string[]): Promise<string> {
  const { code, output } = await outcome(root, command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${output}`);
  return output;
}
