import { dirname, resolve } from 'node:path';
import { Misuse } from '../../refusal/misuse.ts';
import { invalidAt } from './config-fields.ts';
import { readConfigFile } from './config-file.ts';
import { type GatewaySettings, parseGatewayConfig } from './gateway-settings.ts';

/** Reads and checks a configuration: JSON where the file is called `*.json`, YAML otherwise. */
export async function loadConfig(path: string): Promise<GatewaySettings> {
  const full = resolve(path);
  const text = readConfigFile(full, '', '').toString('utf8');
  const given = full.endsWith('.json') ? parseJson(text) : await parseYaml(text);
  return parseGatewayConfig(given, dirname(full));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalidAt('', `The file is no JSON: ${(error as Error).message}.`);
  }
}

async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await import('yaml').catch((cause: unknown) => {
    throw new Misuse('gateway/yaml-missing', undefined, { cause });
  });
  try {
    return parse(text, { strict: true, uniqueKeys: true, logLevel: 'error' });
  } catch (error) {
    throw invalidAt('', `The file is no YAML: ${(error as Error).message.trim()}`);
  }
}
