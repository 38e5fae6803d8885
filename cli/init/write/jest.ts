import { posix } from 'node:path';
import { isDeeplyNested } from '../../scan/languages/javascript/parse/nesting.ts';
import { InitMistake } from '../init-mistake.ts';
import type { Place } from '../place/placed.ts';
import { type Change, type Part, part, type Snippet } from '../plan.ts';
import type { ProjectFolder } from '../read/folder.ts';
import { withValue } from './add-dependency.ts';
import { jestConfigCode } from './jest-config-code.ts';
import {
  bulwarkModules,
  otherModules,
  transformFile,
  transformText,
  usualTransform,
} from './jest-transform.ts';

/**
 * Jest loads no ES modules with `require` on Node 20 and 22. In a CommonJS project with TypeScript it gets a transform for Bulwark and
 * the packages that Bulwark needs. `text` is that of package.json. If that can't be, a snippet says what to do: without it, the start line
 * would break the project's tests.
 */
export function prepareJest(
  { folder, manifest }: Place,
  text: string,
): (Part & { readonly text: string }) | Snippet {
  if (!manifest.dependencies.has('typescript')) {
    return byHand('It needs a transform, which compiles them with TypeScript. Install that', [
      'npm install --save-dev typescript',
    ]);
  }
  const usual = ['js', 'ts', 'mjs', 'cjs', 'json', 'mts', 'cts'].map((ending) => `jest.config.${ending}`);
  const main = usual.filter((name) => folder.has(name));
  const others = ['test/jest-e2e.json', ...namedConfigs(manifest.scripts)];
  const paths = new Set([...main, ...others.filter((path) => path.startsWith('../') || folder.has(path))]);
  const changes: Change[] = folder.has(transformFile)
    ? []
    : [{ path: transformFile, before: undefined, after: transformText }];
  for (const path of paths) {
    const before = readable(folder, path);
    const after = before === undefined ? undefined : configured(path, before);
    if (before === undefined || after === undefined) return uncertain(path);
    if (after !== before) changes.push({ path, before, after });
  }
  if (main.length > 0 && !manifest.hasJest) return { ...part({ changes }), text };
  const after = configuredJson(text, '.', ['jest']);
  return after === undefined ? uncertain('package.json') : { ...part({ changes }), text: after };
}

/** Undefined for a file outside of the folder, as a configuration may be shared. */
function readable(folder: ProjectFolder, path: string): string | undefined {
  try {
    return path.startsWith('../') ? undefined : folder.read(path);
  } catch (error) {
    if (error instanceof InitMistake) return undefined;
    throw error;
  }
}

/** Files that the scripts of package.json name: `jest --config test/unit.json`. */
function namedConfigs(scripts: ReadonlyMap<string, string>): string[] {
  return [...scripts.values()]
    .filter((script) => /\bjest\b/.test(script))
    .flatMap((script) => [
      ...script.matchAll(/\s(?:--config|-c)[\s=]\s{0,9}["']?([\w./@-]+\.(?:json|[cm]?[jt]s))\b/g),
    ])
    .map(([, path = '']) => posix.normalize(path));
}

function configured(path: string, text: string): string | undefined {
  if (!path.endsWith('.json')) return jestConfigCode(path, text);
  return isObject(text) ? configuredJson(text, posix.dirname(path), []) : undefined;
}

function isObject(text: string): boolean {
  if (isDeeplyNested(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** A configuration with the transform before all others, as the first that matches counts. Undefined if that can't be. */
function configuredJson(text: string, folder: string, path: readonly string[]): string | undefined {
  const config = at(text, path) ?? (path.length > 0 && !JSON.parse(text)[path[0] ?? ''] ? {} : undefined);
  if (!config || config['projects'] !== undefined) return undefined;
  if (config['transformIgnorePatterns'] !== undefined)
    return JSON.stringify(config['transformIgnorePatterns']).includes('bulwark') ? text : undefined;
  const rootDir = typeof config['rootDir'] === 'string' ? config['rootDir'] : '.';
  const up = posix.relative(posix.join('/', folder, rootDir), '/');
  const isAlone = config['transform'] === undefined && config['preset'] === undefined;
  const ignoring = withValue(text, path, 'transformIgnorePatterns', otherModules);
  const transform = [...path, 'transform'];
  const ours = withValue(ignoring, transform, bulwarkModules, `<rootDir>/${posix.join(up, transformFile)}`);
  const after = isAlone ? withValue(ours, transform, ...usualTransform) : ours;
  return Object.keys(at(after, transform) ?? {})[0] === bulwarkModules ? after : undefined;
}

function at(text: string, path: readonly string[]): Record<string, unknown> | undefined {
  let value: unknown = JSON.parse(text);
  for (const name of path) {
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function uncertain(path: string): Snippet {
  return byHand(`It needs a transform, and init can't change ${path} with certainty. Add this to it`, [
    'transform: {',
    `  ${JSON.stringify(bulwarkModules)}: ${JSON.stringify(`<rootDir>/${transformFile}`)},`,
    '  // ... your own transforms ...',
    '},',
    `transformIgnorePatterns: ${JSON.stringify(otherModules)},`,
  ]);
}

function byHand(what: string, code: readonly string[]): Snippet {
  const why = `Jest can't require ES modules on Node 20 and 22, so tests that load Bulwark would fail. ${what}, and run init again to start Bulwark.`;
  return { title: 'Prepare Jest', why, code: code.join('\n') };
}
