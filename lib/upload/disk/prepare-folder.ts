import { mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { isAbsolute, parse, sep } from 'node:path';
import { Misuse } from '../../refusal/misuse.ts';
import { createLayout, type Layout } from './layout.ts';

/** Directories that web servers and frameworks usually serve. */
const servedNames = new Set(['public', 'public_html', 'static', 'htdocs', 'wwwroot', 'webroot']);
/** What a store creates, and what the top of a file system contains. */
const expectedNames = new Set(['incoming', 'files', 'quarantine', 'lost+found']);

/**
 * Creates a store's directories in a directory that it may have for itself.
 *
 * @throws Misuse `bulwark/invalid-option`
 */
export function prepareFolder(option: string, folder: unknown, allowServedFolder: boolean): Layout {
  if (typeof folder !== 'string' || !isAbsolute(folder) || folder.includes('\0')) {
    throw wrong(option, "takes an absolute path, such as '/var/lib/shop/uploads'");
  }
  const root = attempt(option, () => create(folder));
  if (root === parse(root).root) throw wrong(option, 'may not be the root of the file system');
  const served = root.split(sep).find((name) => servedNames.has(name.toLowerCase()));
  if (served !== undefined && !allowServedFolder) {
    throw wrong(
      option,
      `is in a folder called '${served}', which web servers serve. Move it out, or set allowServedFolder if none serves it`,
    );
  }
  const { mode, uid } = statSync(root);
  if (process.platform !== 'win32') {
    if ((mode & 0o022) !== 0) throw wrong(option, 'may be written by other accounts. Use chmod 700');
    const own = process.geteuid?.();
    if (own !== undefined && own !== 0 && uid !== own) throw wrong(option, 'belongs to another account');
  }
  const other = attempt(option, () => readdirSync(root)).find(
    (name) => !expectedNames.has(name) && !name.startsWith('.'),
  );
  if (other !== undefined) {
    throw wrong(
      option,
      `has ${JSON.stringify(other.slice(0, 100))} in it. A store needs a folder for itself`,
    );
  }
  return attempt(option, () => createLayout(root));
}

function create(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return realpathSync(folder);
}

function attempt<T>(option: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error';
    throw wrong(option, `can't be created or read (${code})`, cause);
  }
}

function wrong(option: string, what: string, cause?: unknown): Misuse {
  return new Misuse('bulwark/invalid-option', `${option} ${what}.`, cause === undefined ? {} : { cause });
}
