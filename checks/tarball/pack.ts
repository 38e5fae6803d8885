import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outcome } from '../outcome.ts';
import { root } from '../repository.ts';

export interface Packed {
  /** The tarball's path. */
  readonly file: string;
  /** Its files, relative to the package. */
  readonly contents: readonly string[];
}

interface NpmPacked {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Packs the packages as `npm publish` would: each builds itself first (`prepack`). */
export async function packAll(): Promise<{ lib: Packed; cli: Packed; remove(): void }> {
  const { packed, remove } = await pack('lib', 'cli');
  return { lib: packed('bulwark'), cli: packed('bulwark-cli'), remove };
}

export async function packLibrary(): Promise<{ lib: Packed; remove(): void }> {
  const { packed, remove } = await pack('lib');
  return { lib: packed('bulwark'), remove };
}

export async function packCommandLine(): Promise<{ cli: Packed; remove(): void }> {
  const { packed, remove } = await pack('cli');
  return { cli: packed('bulwark-cli'), remove };
}

async function pack(
  ...workspaces: readonly string[]
): Promise<{ packed(name: string): Packed; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'bulwark-tarballs-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const options = ['--json', '--silent', '--pack-destination', folder];
    const json = await succeed('npm', 'pack', ...workspaces.flatMap((name) => ['-w', name]), ...options);
    // npm 11 gives a list, and npm 12 an object by name.
    const all = Object.values(JSON.parse(json) as object) as NpmPacked[];
    const packed = (wanted: string): Packed => {
      const found = all.find(({ name }) => name === wanted);
      if (!found) throw new Error(`npm pack did not list ${wanted}.`);
      return { file: join(folder, found.filename), contents: found.files.map(({ path }) => path) };
    };
    return { packed, remove };
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
