import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { leadsInside } from './keep-inside.ts';

export const pyprojectName = 'pyproject.toml';
/** What stands in front of each setting's name in messages. */
export const pyprojectTable = 'tool.bulwark';

/** No project's settings are larger, and what a parser is given is bounded. */
const maxBytes = 1_000_000;

/**
 * Whether a folder's pyproject.toml has a table `[tool.bulwark]`. One that does not name bulwark at all belongs to other tools, and
 * one that a link leads out of the repository to is not read.
 */
export function hasSettings(folder: string, repository: string): boolean {
  const file = join(folder, pyprojectName);
  if (!existsSync(file) || !leadsInside(file, realpathSync(repository))) return false;
  if (!statSync(file).isFile()) return false;
  const text = readFileSync(file, 'utf8');
  if (!/tool\b[^\n]*\bbulwark\b|^\s*\[\s*tool\s*\]/m.test(text) || !text.includes('bulwark')) return false;
  try {
    return settingsIn(file) !== undefined;
  } catch {
    // What is wrong with it is said when it is loaded.
    return true;
  }
}

/**
 * The table `[tool.bulwark]`, or undefined where there is none.
 *
 * @throws {Error} that says at which line the file is not TOML
 */
export function settingsIn(file: string): unknown {
  if (statSync(file).size > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
  const { tool } = parsed(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  return typeof tool === 'object' && tool !== null && Object.hasOwn(tool, 'bulwark')
    ? (tool as Readonly<Record<string, unknown>>)['bulwark']
    : undefined;
}

function parsed(text: string): { readonly tool?: unknown } {
  try {
    return parse(text, { maxDepth: 50 });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ''] = error.message.split('\n');
    throw new Error(`${what} (line ${error.line}, column ${error.column})`);
  }
}
