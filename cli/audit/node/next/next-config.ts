import { moduleLoader } from '../app/module-loader.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { returnedBy } from '../read/evaluate-call.ts';
import type { ModuleFile } from '../read/module-file.ts';
import { unknownValue, type Value } from '../read/value.ts';

export interface NextConfig {
  readonly file: ModuleFile;
  /** The object of the configuration; wrappers such as `withSentryConfig` are looked through. */
  readonly value: Value;
  /** `withBulwarkConfig` made it. */
  readonly isBulwark: boolean;
}

/** The configuration of the application of Next in a folder; undefined if there is none, or it could not be parsed. */
export function nextConfig(application: NodeApplication, folder: string): NextConfig | undefined {
  const { subject, evaluator } = application;
  const loader = moduleLoader(subject);
  const prefix = folder === '' ? '' : `${folder}/`;
  const path = ['ts', 'mjs', 'js', 'cjs', 'mts']
    .map((extension) => `${prefix}next.config.${extension}`)
    .find((one) => subject.paths.includes(one));
  const file = path === undefined ? undefined : loader.open(path);
  if (file === undefined) return undefined;
  const { value, isBulwark } = unwrapped(evaluator.exported(file, 'default'), application, 0);
  return { file, value, isBulwark };
}

function unwrapped(
  value: Value,
  application: NodeApplication,
  depth: number,
): { value: Value; isBulwark: boolean } {
  const { evaluator } = application;
  if (depth > 8) return { value: unknownValue('it is wrapped too often'), isBulwark: false };
  // `module.exports = (phase) => ({ ... })`
  if (value.kind === 'function')
    return unwrapped(returnedBy(value.file, value.node, evaluator), application, depth + 1);
  if (value.kind !== 'result') return { value, isBulwark: false };
  const args = value.node.arguments.map((one) => evaluator.evaluate(value.file, one));
  const isBulwark = value.callee.kind === 'package' && value.callee.path.at(-1) === 'withBulwarkConfig';
  const inner = args
    .map((one) => unwrapped(one, application, depth + 1))
    .find((one) => one.value.kind === 'object');
  if (inner) return { value: inner.value, isBulwark: isBulwark || inner.isBulwark };
  return {
    value: isBulwark ? { kind: 'object', fields: new Map(), isOpen: false } : unknownValue('it is computed'),
    isBulwark,
  };
}
