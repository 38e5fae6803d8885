import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { project } from '../../project.ts';
import { InitMistake } from '../init-mistake.ts';
import { type Change, type Part, part } from '../plan.ts';
import type { ProjectFolder } from '../read/folder.ts';
import type { Manifest } from '../read/manifest.ts';
import { withEntry } from './add-dependency.ts';

/** Where the two packages come from. */
export interface PackageSource {
  /** A folder with the packed tarballs; by default `vendor` of the project. */
  readonly packages?: string | undefined;
  readonly version: string;
  /** Whether the project has no use for the guards. */
  readonly scanOnly?: boolean;
}

/**
 * Both packages in package.json, as far as they aren't there. While npm's names are not the project's own, they are the tarballs
 * in `vendor/`; from another folder the tarballs are copied there.
 *
 * @throws {InitMistake} if there are no tarballs
 */
export function addPackages(
  folder: ProjectFolder,
  manifest: Manifest,
  text: string,
  source: PackageSource,
): Part & { readonly text: string } {
  const missing = wanted.filter(({ name }) => !isThere(manifest, name, source.scanOnly === true));
  const changes: Change[] = [];
  let after = text;
  for (const { name, field } of missing) {
    const spec = project.ownsNpmNames ? `^${source.version}` : vendored(folder, name, source, changes);
    after = withEntry(after, field, name, spec);
  }
  return { ...part({ changes }), text: after };
}

const wanted = [
  { name: 'bulwark', field: 'dependencies' },
  { name: 'bulwark-cli', field: 'devDependencies' },
] as const;

/** The repository as a whole, installed from Git, has the command line, which needs no other package then. */
function isThere({ dependencies }: Manifest, name: string, scanOnly: boolean): boolean {
  if (dependencies.has(name)) return true;
  return dependencies.has('bulwark-workspace') && (name === 'bulwark-cli' || scanOnly);
}

function vendored(
  folder: ProjectFolder,
  name: string,
  { packages, version }: PackageSource,
  changes: Change[],
): string {
  const from = packages === undefined ? join(folder.root, 'vendor') : resolve(packages);
  const pattern = new RegExp(`^${name}-\\d[\\w.+-]*\\.tgz$`);
  const found = list(from).filter((file) => pattern.test(file));
  const exact = `${name}-${version}.tgz`;
  const file = found.includes(exact) ? exact : found.length === 1 ? found[0] : undefined;
  if (file === undefined) throw noTarball(name, from, found);
  const path = `vendor/${file}`;
  if (!folder.has(path)) changes.push({ path, before: undefined, after: readFileSync(join(from, file)) });
  return `file:${path}`;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function noTarball(name: string, from: string, found: readonly string[]): InitMistake {
  return new InitMistake(
    found.length === 0
      ? `package.json has no ${name}, and ${from} has no ${name}-VERSION.tgz.`
      : `${from} has more than one version of ${name}: ${found.join(', ')}.`,
    `The packages are not on npm yet. Pack them from a clone with \`npm pack -w bulwark -w bulwark-cli --pack-destination FOLDER\`, and run \`bulwark init --packages FOLDER\`.`,
  );
}
