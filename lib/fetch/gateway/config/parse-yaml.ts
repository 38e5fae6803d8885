import { installed } from '../../../internal/installed.ts';
import { Misuse } from '../../../refusal/misuse.ts';
import { invalidAt } from './config-fields.ts';

/** Reads a configuration in YAML 1.2. Errors quote nothing from the file, which may contain passwords. */
export async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await loadYaml();
  // `%YAML 1.1` would make 4510 of 010636, and true of yes.
  if (/^\ufeff?%/m.test(text)) throw invalidAt('', 'The file has a line that begins with %, a directive.');
  try {
    return parse(text, { version: '1.2', strict: true, uniqueKeys: true, logLevel: 'error' });
  } catch (error) {
    throw invalidAt('', `The file is not valid YAML${placeOf(error as Partial<YamlError>)}.`);
  }
}

/** Inside `try`, bundlers accept that the package is absent. */
async function loadYaml(): Promise<typeof import('yaml')> {
  try {
    return installed(await import('yaml'), 'parse');
  } catch (cause) {
    throw new Misuse('gateway/yaml-missing', undefined, { cause });
  }
}

interface YamlError {
  readonly code: string;
  readonly linePos: readonly { readonly line: number; readonly col: number }[];
}

function placeOf({ code, linePos }: Partial<YamlError>): string {
  const at = linePos?.[0];
  // The error about an alias has no position.
  if (!at) return ': an alias is undefined, or expands to too much';
  return `: ${code} at line ${at.line}, column ${at.col}`;
}
