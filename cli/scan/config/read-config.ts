import { resolve } from 'node:path';
import { confidences, severities } from '../../finding/finding-order.ts';
import { nearest } from '../../nearest.ts';
import { ignoreRules } from '../project/ignore-rules.ts';
import { ScanMistake } from '../scan-mistake.ts';
import { defaultConfig, type ScanConfig } from './scan-config.ts';

/**
 * Validates the content of a configuration file, and returns its settings:
 * ```yaml
 * scan:
 *   rules: { only: [sql/*], skip: [log/injection] }
 *   severity: medium
 *   confidence: high
 *   paths: { include: [src/], exclude: ['*.gen.ts'] }
 *   models: [models.json]
 *   baseline: bulwark-baseline.json
 * ```
 * @param folder the folder that paths in the file are relative to
 * @param table the table with the settings, for messages: `tool.bulwark`
 * @throws {ScanMistake} for unknown settings: a misspelt one would have no effect
 */
export function readConfig(value: unknown, file: string, folder: string, table = ''): ScanConfig {
  const at: At = { file, key: table };
  const top = record(value, at, ['scan', '$schema']);
  const scan = record(top['scan'], inside(at, 'scan'), [
    'rules',
    'severity',
    'confidence',
    'paths',
    'tests',
    'hardening',
    'models',
    'baseline',
  ]);
  const here = inside(at, 'scan');
  const rules = record(scan['rules'], inside(here, 'rules'), ['only', 'skip']);
  const paths = record(scan['paths'], inside(here, 'paths'), ['include', 'exclude']);
  const files = (name: string): readonly string[] => texts(scan[name], inside(here, name));
  const baseline = one(scan['baseline'], inside(here, 'baseline'));
  return {
    only: texts(rules['only'], inside(inside(here, 'rules'), 'only')),
    skip: texts(rules['skip'], inside(inside(here, 'rules'), 'skip')),
    severity: choice(scan['severity'], inside(here, 'severity'), severities) ?? defaultConfig.severity,
    confidence:
      choice(scan['confidence'], inside(here, 'confidence'), confidences) ?? defaultConfig.confidence,
    include: patterns(paths['include'], inside(inside(here, 'paths'), 'include')),
    exclude: patterns(paths['exclude'], inside(inside(here, 'paths'), 'exclude')),
    tests: choice(scan['tests'], inside(here, 'tests'), ['skip', 'scan'] as const) ?? defaultConfig.tests,
    hardening:
      choice(scan['hardening'], inside(here, 'hardening'), ['sum', 'show'] as const) ??
      defaultConfig.hardening,
    models: files('models').map((path) => resolve(folder, path)),
    baseline: baseline === undefined ? undefined : resolve(folder, baseline),
  };
}

interface At {
  readonly file: string;
  /** `scan.rules` */
  readonly key: string;
}

function inside({ file, key }: At, name: string): At {
  return { file, key: key === '' ? name : `${key}.${name}` };
}

function record(value: unknown, at: At, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw wrong(at, 'is not an object', list(names));
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const [close] = nearest(unknown, names);
    const advice = close === undefined ? list(names) : `Did you mean ${close}?`;
    throw wrong(inside(at, unknown), 'is not a setting', advice);
  }
  return value as Readonly<Record<string, unknown>>;
}

function list(names: readonly string[]): string {
  return `Its settings are ${names.filter((name) => name !== '$schema').join(', ')}.`;
}

function texts(value: unknown, at: At): readonly string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '')) return value;
  throw wrong(at, 'is not a list of strings', 'Write a list, even for one item: [sql/*].');
}

/** The patterns, none of them empty: an empty include pattern would include nothing, an empty exclude pattern everything. */
function patterns(value: unknown, at: At): readonly string[] {
  const given = texts(value, at);
  const [refused] = ignoreRules(given.join('\n')).refused;
  if (refused === undefined) return given;
  throw wrong(
    at,
    `has ${JSON.stringify(refused)}, which has too many stars`,
    'Use at most three between slashes.',
  );
}

function one(value: unknown, at: At): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(at, 'is not a file path', 'Write a path relative to the configuration file.');
}

function choice<T extends string>(value: unknown, at: At, words: readonly T[]): T | undefined {
  if (value === undefined || value === null) return undefined;
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw wrong(at, `is ${String(JSON.stringify(value)).slice(0, 80)}`, `Write ${words.join(', or ')}.`);
}

function wrong({ file, key }: At, what: string, fix: string): ScanMistake {
  const subject = key === '' ? 'its content' : key;
  return new ScanMistake(
    'scan/config',
    `${file}: ${subject} ${what}.`,
    'An unknown setting would silently have no effect.',
    fix,
  );
}
