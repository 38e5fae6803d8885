import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryOf } from '../project/find-root.ts';
import { ScanMistake } from '../scan-mistake.ts';
import { leadsInside } from './keep-inside.ts';
import { hasSettings, pyprojectName, pyprojectTable, settingsIn } from './pyproject.ts';
import { readConfig } from './read-config.ts';
import { defaultConfig, type ScanConfig } from './scan-config.ts';

const names: readonly string[] = ['json', 'yaml', 'yml', 'js', 'mjs'].map((end) => `bulwark.config.${end}`);

/**
 * Finds the path of the nearest configuration, `bulwark.config.*` or a `pyproject.toml` with `[tool.bulwark]`. Looks in
 * the folder `cwd` and its parents up to the root of the repository, as folders above may belong to other users.
 * Undefined if there is none.
 * @throws {ScanMistake} if a folder has two configurations, or if the configuration is a link out of the repository
 */
export function findConfig(cwd: string): string | undefined {
  const last = repositoryOf(cwd) ?? cwd;
  for (let folder = cwd; ; folder = dirname(folder)) {
    const own = names.filter((name) => existsSync(join(folder, name)));
    const [found, other] = hasSettings(folder, last) ? [...own, pyprojectName] : own;
    if (found !== undefined && other !== undefined) {
      throw mistake(
        join(folder, found),
        `is next to ${other}`,
        'Only one can be used.',
        'Delete one of them.',
      );
    }
    if (found !== undefined) return ownFile(join(folder, found), last);
    if (folder === last || dirname(folder) === folder) return undefined;
  }
}

/** A link could make the scanner read any file of this machine, quote it in a message, or run it. */
function ownFile(file: string, repository: string): string {
  if (leadsInside(file, realpathSync(repository))) return file;
  throw mistake(
    file,
    `is a link that leads outside of ${repository}`,
    'It is part of the scanned code, which must not have files elsewhere read or run.',
    'Name the configuration that you want with --config, or use none: --no-config.',
  );
}

/**
 * Reads a configuration file. A JavaScript file is run. Without a file, returns the default configuration.
 * @throws {ScanMistake} if it is missing, malformed, or has an unknown setting
 */
export async function loadConfig(file: string | undefined): Promise<ScanConfig> {
  if (file === undefined) return defaultConfig;
  const table = basename(file) === pyprojectName ? pyprojectTable : '';
  return readConfig(await contentOf(file), file, dirname(file), table);
}

async function contentOf(file: string): Promise<unknown> {
  const why = 'Without it, the scan would not use your rules and paths.';
  if (!existsSync(file)) throw mistake(file, 'does not exist', why, 'Name an existing file with --config.');
  try {
    switch (extname(file)) {
      case '.json':
        return JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
      case '.yaml':
      case '.yml': {
        const { parse } = await import('yaml');
        return parse(readFileSync(file, 'utf8'), { maxAliasCount: 100, prettyErrors: true });
      }
      case '.js':
      case '.mjs': {
        const { default: value } = await import(
          `${pathToFileURL(file).href}?changed=${statSync(file).mtimeMs}`
        );
        if (value === undefined) throw new Error('it has no default export');
        return value;
      }
      case '.toml': {
        if (basename(file) !== pyprojectName) throw new Error(`${ending}, and is not ${pyprojectName}`);
        const settings = settingsIn(file);
        if (settings === undefined) throw new Error(`it has no table [${pyprojectTable}]`);
        return settings;
      }
      default:
        throw new Error(ending);
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw mistake(
      file,
      `cannot be read: ${said.trim().slice(0, 300)}`,
      why,
      'Fix it, or name another file with --config.',
    );
  }
}

const ending = 'its name does not end with .json, .yaml, .yml, .js or .mjs';

function mistake(file: string, what: string, why: string, fix: string): ScanMistake {
  return new ScanMistake('scan/config', `${file} ${what}.`, why, fix);
}
