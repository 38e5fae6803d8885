import { posix } from 'node:path';
import type { Place } from '../place/placed.ts';
import { type Change, type Part, part } from '../plan.ts';
import { withValue } from './add-dependency.ts';

/**
 * Jest loads no ES modules with `require` on Node 20 and 22. In a CommonJS project with TypeScript it gets a transform for Bulwark and
 * the packages that Bulwark needs. `text` is that of package.json.
 */
export function prepareJest(
  { folder, manifest }: Place,
  text: string,
): (Part & { readonly text: string }) | string {
  if (!manifest.dependencies.has('typescript'))
    return 'Jest needs a transform for ES modules, and TypeScript is not there to write one with.';
  const configs = ['jest.config.js', 'jest.config.ts', 'jest.config.cjs', 'jest.config.mjs'].filter((name) =>
    folder.has(name),
  );
  if (configs.length > 0) return `${configs[0]} needs a transform for ES modules.`;
  const json = ['test/jest-e2e.json', 'jest.config.json'].filter((name) => folder.has(name));
  const changes: Change[] = folder.has(transformFile)
    ? []
    : [{ path: transformFile, before: undefined, after: transformText }];
  for (const path of json) {
    const before = folder.read(path) ?? '';
    const after = configured(before, posix.dirname(path), []);
    if (after === undefined) return `${path} needs a transform for ES modules.`;
    if (after !== before) changes.push({ path, before, after });
  }
  const after = manifest.hasJest ? configured(text, '.', ['jest']) : text;
  if (after === undefined) return 'The field jest of package.json needs a transform for ES modules.';
  return { ...part({ changes }), text: after };
}

const transformFile = 'jest-esm.cjs';
const modules = '/node_modules/(?:bulwark|@noble/hashes|parse5|entities)/.+\\.js$';

/** A configuration with the transform before all others, as the first that matches counts. Undefined if that can't be. */
function configured(text: string, folder: string, path: readonly string[]): string | undefined {
  const config = at(text, path);
  if (!config) return undefined;
  const rootDir = typeof config['rootDir'] === 'string' ? config['rootDir'] : '.';
  const up = posix.relative(posix.join('/', folder, rootDir), '/');
  const file = `<rootDir>/${up === '' ? '' : `${up}/`}${transformFile}`;
  const ignored = '/node_modules/(?!(?:bulwark|@noble/hashes|parse5|entities)/)';
  if (config['transformIgnorePatterns'] !== undefined)
    return JSON.stringify(config['transformIgnorePatterns']).includes('bulwark') ? text : undefined;
  const withTransform = withValue(text, [...path, 'transform'], modules, file);
  const after = withValue(withTransform, path, 'transformIgnorePatterns', [ignored]);
  const transform = at(after, [...path, 'transform']);
  return transform && Object.keys(transform)[0] === modules ? after : undefined;
}

function at(text: string, path: readonly string[]): Record<string, unknown> | undefined {
  let value: unknown = JSON.parse(text);
  for (const name of path) {
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

const transformText = `// Jest can't require ES modules on Node 20 and 22. This compiles those of Bulwark.
const { createHash } = require('node:crypto');
const ts = require('typescript');

const url = "require('node:url').pathToFileURL(__filename).href";
const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };

module.exports = {
  getCacheKey: (text) => createHash('sha256').update(\`1 \${text}\`).digest('hex'),
  process: (text) => ({
    code: ts.transpileModule(text.replaceAll('import.meta.url', url), { compilerOptions }).outputText,
  }),
};
`;
