import { dirname, resolve } from 'node:path';
import { readConfigFile } from './config/config-file.ts';
import { parseJson } from './config/parse-json.ts';
import { parseYaml } from './config/parse-yaml.ts';
import { type GatewaySettings, parseGatewayConfig } from './gateway-settings.ts';

/** Reads and checks a configuration: JSON where the file is called `*.json`, YAML otherwise. */
export async function loadConfig(path: string): Promise<GatewaySettings> {
  const full = resolve(path);
  const text = readConfigFile(full, '', '').toString('utf8');
  const given = full.endsWith('.json') ? parseJson(text) : await parseYaml(text);
  return parseGatewayConfig(given, dirname(full));
}
