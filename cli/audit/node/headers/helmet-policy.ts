import type { Evaluator } from '../read/evaluate.ts';
import { returnedBy } from '../read/evaluate-call.ts';
import { literal, textOf, type Value, whyUnknown } from '../read/value.ts';
import type { Setting } from './setting.ts';

/** helmet 4 to 8: `getDefaultDirectives()` of index.mjs. */
const defaults: ReadonlyMap<string, string> = new Map([
  ['default-src', "'self'"],
  ['base-uri', "'self'"],
  ['font-src', "'self' https: data:"],
  ['form-action', "'self'"],
  ['frame-ancestors', "'self'"],
  ['img-src', "'self' data:"],
  ['object-src', "'none'"],
  ['script-src', "'self'"],
  ['script-src-attr', "'none'"],
  ['style-src', "'self' https: 'unsafe-inline'"],
  ['upgrade-insecure-requests', ''],
]);

/** What functions of helmet return that options are made from. */
export function helmetResult(name: string, path: readonly string[]): Value | undefined {
  if (!/^(?:helmet|helmet-csp)$/.test(name) || path.at(-1) !== 'getDefaultDirectives') return undefined;
  const fields = [...defaults].map(([key, value]) => [key, list(value)] as const);
  return { kind: 'object', fields: new Map(fields), isOpen: false };
}

function list(sources: string): Value {
  return { kind: 'array', items: sources.split(' ').filter(Boolean).map(literal), isOpen: false };
}

type State = Setting['state'];

/**
 * The policy that helmet makes of its options.
 *
 * @param major of helmet: 3 sends none by default, 4 does not add defaults to own directives
 */
export function helmetPolicy(options: Value, major: number | undefined, evaluator: Evaluator): State {
  if (options.kind === 'literal') {
    if (options.value === false) return { kind: 'off', how: 'is switched off' };
    if (major === undefined) return { kind: 'unknown', why: 'the version of helmet is not known' };
    return major < 4
      ? { kind: 'off', how: 'is not sent by this version of helmet' }
      : { kind: 'value', text: written(defaults) };
  }
  if (options.kind !== 'object' || options.isOpen) return { kind: 'unknown', why: whyUnknown(options) };
  const report = options.fields.get('reportOnly') ?? literal(false);
  if (report.kind !== 'literal')
    return { kind: 'unknown', why: `whether it only reports is not known: ${whyUnknown(report)}` };
  if (report.value) return { kind: 'off', how: 'only reports' };
  const given = options.fields.get('directives') ?? literal(undefined);
  const useDefaults = options.fields.get('useDefaults') ?? literal(major === undefined || major >= 5);
  if (useDefaults.kind !== 'literal') return { kind: 'unknown', why: whyUnknown(useDefaults) };
  const directives = new Map(useDefaults.value ? defaults : []);
  if (given.kind === 'literal' && !given.value) return { kind: 'value', text: written(directives) };
  if (given.kind !== 'object' || given.isOpen) return { kind: 'unknown', why: 'its directives are computed' };
  for (const [key, value] of given.fields) {
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const sources = sourcesOf(value, evaluator);
    if (sources === undefined) directives.delete(name);
    else directives.set(name, sources);
  }
  return { kind: 'value', text: written(directives) };
}

/** Undefined for a directive that is left out; `\0` stands for what is computed. */
function sourcesOf(value: Value, evaluator: Evaluator): string | undefined {
  if (value.kind === 'literal' && typeof value.value !== 'string') {
    return value.value === null || value.value === false ? undefined : '';
  }
  if (value.kind === 'array') return value.items.map((item) => sourceOf(item, evaluator)).join(' ');
  return sourceOf(value, evaluator);
}

export function sourceOf(value: Value, evaluator: Evaluator): string {
  if (value.kind === 'text') return value.text;
  if (value.kind === 'function') {
    const returned = returnedBy(value.file, value.node, evaluator);
    return returned.kind === 'text' ? returned.text : (textOf(returned) ?? '\0');
  }
  return textOf(value) ?? '\0';
}

export function written(directives: ReadonlyMap<string, string>): string {
  return [...directives].map(([name, sources]) => `${name} ${sources}`.trim()).join('; ');
}
