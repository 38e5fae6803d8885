import { readFileSync } from 'node:fs';
import { hosts } from '../languages/language-id.ts';
import { parseYaml } from '../parse-yaml.ts';
import { ScanMistake } from '../scan-mistake.ts';
import { checkModels } from './compile-models.ts';
import type { Models } from './model.ts';
import { traits } from './traits.ts';

const lists = [
  'types',
  'sources',
  'sinks',
  'summaries',
  'sanitizers',
  'guards',
  'guesses',
  'templates',
  'shared',
  'traits',
];

/**
 * Reads the user's own models, in the shape of `model.ts`, from YAML or JSON files.
 * @throws {ScanMistake} which names the file and the mistake
 */
export function readModels(paths: readonly string[]): Models[] {
  return paths.map((path) => {
    const models = readFile(path);
    const wrong = problemOf(models);
    if (wrong !== undefined) throw mistake(path, wrong);
    try {
      checkModels([models as Models]);
    } catch (error) {
      throw mistake(path, error instanceof Error ? error.message : String(error));
    }
    return models as Models;
  });
}

function readFile(path: string): unknown {
  try {
    return parseYaml(readFileSync(path, 'utf8'));
  } catch (error) {
    throw mistake(path, error instanceof Error ? error.message : String(error));
  }
}

function problemOf(models: unknown): string | undefined {
  if (typeof models !== 'object' || models === null || Array.isArray(models)) return 'it is not an object';
  const entries = Object.entries(models as Record<string, unknown>);
  const language = entries.find(([key]) => key === 'language')?.[1];
  if (!hosts.some((host) => host === language)) return `\`language\` is neither ${hosts.join(' nor ')}`;
  for (const [key, rows] of entries) {
    if (key === 'language') continue;
    if (!lists.includes(key)) return `\`${key}\` is not a known list; the lists are ${lists.join(', ')}`;
    if (!Array.isArray(rows)) return `\`${key}\` is not a list of rows`;
    const bad = rows.findIndex((row) => !Array.isArray(row) || typeof row[0] !== 'string' || row.length < 2);
    if (bad >= 0) return `row ${bad + 1} of \`${key}\` is not a list that starts with a type`;
    const unknown = key === 'traits' ? rows.findIndex((row) => !traits.includes(row[2])) : -1;
    if (unknown >= 0)
      return `row ${unknown + 1} of \`traits\` names no trait; the traits are ${traits.join(', ')}`;
    const reach = key === 'traits' ? rows.findIndex((row) => row.length > 3 && row[3] !== 'deep') : -1;
    if (reach >= 0) return `row ${reach + 1} of \`traits\` ends with neither its trait nor \`deep\``;
  }
  return undefined;
}

function mistake(path: string, problem: string): ScanMistake {
  return new ScanMistake(
    'scan/models',
    `The models in ${path} cannot be used: ${problem}.`,
    'Without them, the scan would miss data that flows through the libraries they describe.',
    'Write each row as documented for `bulwark scan`: a type, an access path, a kind.',
  );
}
