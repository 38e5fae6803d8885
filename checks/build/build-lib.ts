/**
 * Builds lib/dist from nothing: a file that was deleted must not live on there. With `--if-changed`, it does so only if the
 * sources have changed since the last build.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';
import ts from 'typescript';
import { root } from '../repository.ts';
import { isLibraryBuilt, libraryId, markLibrary } from './library-build.ts';
import { publishFolder } from './publish-folder.ts';
import { takeLock } from './take-lock.ts';

const work = join(root, 'out/lib');
mkdirSync(work, { recursive: true });
await takeLock(join(work, 'lock'));
if (process.argv.includes('--if-changed') && isLibraryBuilt()) process.exit();
const id = libraryId();
const dist = join(work, 'dist');
// A build that was killed leaves its own.
rmSync(dist, { recursive: true, force: true });
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'lib', '--outDir', dist], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
// Editors show the comments of declarations that users import. The other comments would be a fifth of the package.
const codes = join('refusal', 'codes');
/** Tables, payloads, parsers and a program, which nobody steps through. A seventh of them is line breaks and indentation. */
const compactFolders = [
  codes,
  'testing',
  'parse',
  join('command', 'program'),
  join('fetch', 'gateway'),
  join('html', 'sanitizer'),
  join('html', 'template'),
  join('password', 'choice'),
  join('sql', 'guard'),
  join('sql', 'lex'),
  join('upload', 'archive'),
  join('upload', 'types'),
];
const built = readdirSync(dist, { recursive: true, encoding: 'utf8' });
const shown = new Set(built.flatMap(shownBy));
const indexes = built.filter(isIndex).map((file) => join(dist, file));
const reached = reachedFrom(indexes, /(?:from|import)\s*\(?\s*['"](\.[^'"]+)\.[jt]s['"]/g, '.d.ts');
const programs = [join(dist, 'fetch/gateway/main.js')];
/** Code names the script of a child process by its source: `ownFile('./unpack-in-child.ts', import.meta.url)`. */
const run = reachedFrom(
  [...indexes.map((file) => file.replace(/d\.ts$/, 'js')), ...programs],
  /['"](\.[^'"\n]+)\.[jt]s['"]/g,
  '.js',
);
for (const file of built) {
  const path = join(dist, file);
  if (file.endsWith('.js') && !run.has(path)) rmSync(path);
  else if (file.endsWith('.js')) {
    const code = withoutComments(readFileSync(path, 'utf8'));
    writeFileSync(
      path,
      compactFolders.some((folder) => file.startsWith(folder)) ? compact(code) : indentedByTabs(code),
    );
  }
  if (file.endsWith('.d.ts') && !reached.has(path)) rmSync(path);
  else if (file.endsWith('.d.ts')) {
    const declarations = readFileSync(path, 'utf8');
    const kept = shown.has(path) ? declarations : withoutDocs(declarations);
    writeFileSync(path, indentedByTabs(file.startsWith(codes) ? withoutTexts(kept) : kept));
  }
}
chmodSync(join(dist, 'fetch/gateway/main.js'), 0o755);
// ImageMagick's policy file, which the compiler does not copy.
cpSync(join(root, 'lib/command/policy'), join(dist, 'command/policy'), { recursive: true });
publishFolder(dist, join(root, 'lib/dist'));
markLibrary(id);

function withoutComments(code: string): string {
  return ts.transpileModule(code, {
    compilerOptions: {
      removeComments: true,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  }).outputText;
}

/** The declarations of an import path: its own, and those that it re-exports from. */
function shownBy(file: string): readonly string[] {
  if (!isIndex(file)) return [];
  const index = join(dist, file);
  const sources = readFileSync(index, 'utf8').matchAll(/from ['"](\.[^'"]+)\.[jt]s['"]/g);
  return [index, ...Array.from(sources, ([, source]) => join(dirname(index), `${source}.d.ts`))];
}

function isIndex(file: string): boolean {
  return /(?:^|[\\/])index\.d\.ts$/.test(file);
}

/** The files that these import, directly or not. The others belong to tests: no compiler reads them, and nothing loads them. */
function reachedFrom(files: readonly string[], specifier: RegExp, extension: string): ReadonlySet<string> {
  const reached = new Set(files);
  for (const file of reached) {
    for (const [, source] of readFileSync(file, 'utf8').matchAll(specifier)) {
      const named = join(dirname(file), `${source}${extension}`);
      if (existsSync(named)) reached.add(named);
    }
  }
  return reached;
}

/** Replaces the catalogue's sentences by `string`: nobody needs them as types. */
function withoutTexts(declarations: string): string {
  return declarations.replace(/^([ ]*readonly (?:message|hint): )["'`].*["'`];$/gm, '$1string;');
}

function withoutDocs(declarations: string): string {
  return declarations.replace(/^[ \t]*\/\*\*[\s\S]*?\*\/\n/gm, '');
}

function compact(code: string): string {
  return transformSync(code, { minifyWhitespace: true, lineLimit: 160, target: 'node20' }).code;
}

/** The compiler indents by four spaces, a tenth of the package. Lines inside template literals are left unchanged. */
function indentedByTabs(code: string): string {
  const source = ts.createSourceFile('a.ts', code, ts.ScriptTarget.ESNext);
  const inTemplate: [start: number, end: number][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateLiteralToken(node)) inTemplate.push([node.getStart(source), node.end]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return code.replace(/^(?: {4})+/gm, (spaces, at: number) =>
    inTemplate.some(([start, end]) => start < at && at < end) ? spaces : '\t'.repeat(spaces.length / 4),
  );
}
