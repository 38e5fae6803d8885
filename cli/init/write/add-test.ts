import { posix } from 'node:path';
import type { Node } from 'oxc-parser';
import type { JavascriptFile } from '../../scan/fix/javascript/javascript-file.ts';
import type { Place, Start } from '../place/placed.ts';
import { type Part, part, type Snippet } from '../plan.ts';
import { sourceFiles } from '../read/source-files.ts';
import { testRunner } from '../read/test-runner.ts';
import { withEntry } from './add-dependency.ts';
import { prepareJest } from './jest.ts';
import { type SmokeTest, smokeTest } from './smoke-test.ts';

export interface AddedTest extends Part {
  /** The text of package.json. */
  readonly text: string;
  /** What a person has to do first, as the start line would break the project's tests. */
  readonly first?: Snippet;
}

/** A test for the project's own runner, and a script `test` where there is none. `text` is that of package.json. */
export function addTest(place: Place, start: Start, text: string): AddedTest {
  const none = (why: string): Part & { readonly text: string } => ({
    ...part({ notes: [`No test was added: ${why}`] }),
    text,
  });
  const tests = ownTests(place);
  if (tests.some((path) => /(?:^|\/)bulwark\.(?:test|spec)\./.test(path))) return { ...part({}), text };
  const { name, script } = testRunner(place.manifest);
  const file = place.sources.open(start.path);
  if (!file) return none('the file with the start line was not found.');
  const language = /\.[cm]?tsx?$/.test(start.path) ? 'ts' : 'js';
  const syntax = syntaxOf(file, place);
  const runner = name === 'none' ? 'node' : name;
  if (runner === 'tap' || runner === 'ava' || runner === 'other')
    return none(`\`${script}\` is not a runner that init knows.`);
  const jest = runner === 'jest' && place.manifest.type !== 'module' ? prepareJest(place, text) : undefined;
  if (jest && 'why' in jest) return { ...part({}), text, first: jest };
  const hasTsx = place.manifest.dependencies.has('tsx') || /\btsx\b|\bts-node\b/.test(script ?? '');
  if (language === 'ts' && runner !== 'vitest' && runner !== 'jest' && !hasTsx)
    return none('nothing in the project runs TypeScript in tests. Install vitest or tsx, and add one.');
  const by = waysToAsk(file, start);
  if (!by) return none(`${start.path} neither exports the application nor starts a server.`);
  // A test in TypeScript could lie outside of the folder that tsc compiles, unless others show that it doesn't.
  const written = tests.some((path) => /\.[cm]?ts$/.test(path)) ? language : 'js';
  const entry = start.path;
  const test: SmokeTest = {
    ...{ framework: start.framework, entry, by, syntax, runner },
    ...{ language: written, path: '', exported: start.module ?? 'default' },
  };
  const path = testPath(place, test, tests);
  const isInScript = script === undefined && runner === 'node' && language === 'ts';
  if (
    [entry, path].some((name) => /['\\\p{C}\p{Zl}\p{Zp}]/u.test(name)) ||
    (isInScript && !/^[\w@.+/-]+$/.test(path))
  )
    return none(`the path from ${path} to ${entry} has characters that would need quotes.`);
  const change = { path, before: undefined, after: smokeTest({ ...test, path }) };
  const added = part({ changes: [...(jest?.changes ?? []), change] });
  if (script !== undefined) return { ...added, text: jest?.text ?? text };
  return { ...added, text: withEntry(text, 'scripts', 'test', newScript(runner, language, path), true) };
}

function newScript(runner: SmokeTest['runner'], language: 'js' | 'ts', path: string): string {
  if (runner === 'vitest') return 'vitest run';
  if (runner === 'jest' || runner === 'mocha') return runner;
  return language === 'ts' ? `node --import tsx --test ${path}` : 'node --test';
}

/** The project's own tests, those in the fewest folders first. */
function ownTests({ folder }: Place): string[] {
  const depth = (path: string): number => path.split('/').length;
  return sourceFiles(folder.root, { tests: true })
    .paths.filter((path) => /\.(?:test|spec)\.[cm]?[jt]sx?$/.test(path))
    .sort((one, other) => depth(one) - depth(other));
}

/** Beside the other tests, and named as they are, so that the runner's patterns find it. */
function testPath(place: Place, { language, syntax }: SmokeTest, [known]: readonly string[]): string {
  const [own = 'test'] = ['test', 'tests', '__tests__'].filter((name) => place.folder.has(name));
  const folder = known === undefined ? own : posix.dirname(known);
  const kind = known !== undefined && /\.spec\.\w+$/.test(known) ? 'spec' : 'test';
  const isModule = place.manifest.type === 'module';
  const extension =
    language === 'ts' ? 'ts' : syntax === 'import' ? (isModule ? 'js' : 'mjs') : isModule ? 'cjs' : 'js';
  return posix.join(folder, `bulwark.${kind}.${extension}`);
}

function syntaxOf(file: JavascriptFile, { manifest }: Place): 'import' | 'require' {
  if (/\.mjs$|\.[cm]?tsx?$/.test(file.path)) return 'import';
  if (/\.cjs$/.test(file.path)) return 'require';
  const types = file.program.body.map(({ type }) => type);
  if (types.includes('ImportDeclaration')) return 'import';
  return manifest.type === 'module' ? 'import' : 'require';
}

/** The application itself, if the file exports it and doesn't listen; or the server, if it does. */
function waysToAsk(file: JavascriptFile, { app, framework }: Start): SmokeTest['by'] | undefined {
  const listens = file.nodes.some((node) => isListening(node));
  if (listens) return 'started server';
  if (framework === 'nest') return 'Nest module';
  if (framework === 'fastify' && app === undefined) return 'plugin';
  const exported =
    app !== undefined &&
    framework !== 'fastify' &&
    file.nodes.some((node) => isExportOf(file, node, app.name));
  return exported ? 'default export' : undefined;
}

function isListening(node: Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  if (callee.type === 'Identifier') return callee.name === 'serve';
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'listen'
  );
}

function isExportOf({ text }: JavascriptFile, node: Node, name: string): boolean {
  if (node.type === 'ExportDefaultDeclaration')
    return node.declaration.type === 'Identifier' && node.declaration.name === name;
  return (
    node.type === 'AssignmentExpression' &&
    text.slice(node.left.start, node.left.end) === 'module.exports' &&
    node.right.type === 'Identifier' &&
    node.right.name === name
  );
}
