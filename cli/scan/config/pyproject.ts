import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { leadsInside } from './keep-inside.ts';

export const pyprojectName = 'pyproject.toml';
/** The table in pyproject.toml with the settings. Messages put it in front of the name of a setting. */
export const pyprojectTable = 'tool.bulwark';

/** Bounds the input of the parser. No project has larger settings. */
const maxBytes = 1_000_000;

/**
 * Whether the pyproject.toml of a folder has a table `[tool.bulwark]`. False if the file is a link out of the repository.
 * True if the file mentions the table but has a syntax error, which is reported when it is loaded.
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
    // Syntax errors are reported when the file is loaded.
    return true;
  }
}

/**
 * The content of the table `[tool.bulwark]` in a pyproject.toml. Undefined if it has none.
 * @throws {Error} with the line of a syntax error
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
