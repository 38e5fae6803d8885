import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type JavascriptFile, openJavascript } from '../../scan/fix/javascript/javascript-file.ts';
import { readInside } from '../../scan/project/read-inside.ts';

/** JavaScript and TypeScript of the application itself, parsed when they are asked for. */
export interface SourceFiles {
  /** Files whose text has one of these words. */
  withText(...words: readonly string[]): readonly JavascriptFile[];
  open(path: string): JavascriptFile | undefined;
  /** Paths of files that can't be parsed, among those that were asked for. */
  readonly broken: ReadonlySet<string>;
  readonly paths: readonly string[];
  /** There was more than is read: what is not found may still be there. */
  readonly isCut: boolean;
}

const mostFiles = 5_000;
/** Of all texts, and of those that are parsed, in UTF-16 units: trees take some fifty times as much memory. */
const mostText = 200_000_000;
const mostParsed = 20_000_000;

/** @param options.tests tests, examples and declarations of types too */
export function sourceFiles(root: string, options: { readonly tests?: boolean } = {}): SourceFiles {
  const { paths, isCut: isListCut } = listSources(root, options.tests === true);
  let isCut = isListCut;
  let read = 0;
  let toParse = 0;
  const texts = new Map<string, string>();
  const parsed = new Map<string, JavascriptFile | undefined>();
  const broken = new Set<string>();
  const textOf = (path: string): string => {
    const known = texts.get(path);
    if (known !== undefined) return known;
    isCut ||= read > mostText;
    const text = read > mostText ? '' : (readInside(root, path)?.replace(/^\ufeff/, '') ?? '');
    read += text.length;
    texts.set(path, text);
    return text;
  };
  const open = (path: string): JavascriptFile | undefined => {
    if (parsed.has(path)) return parsed.get(path);
    const text = textOf(path);
    toParse += text.length;
    isCut ||= toParse > mostParsed;
    if (toParse > mostParsed) return undefined;
    const file = openJavascript(path, text);
    parsed.set(path, file);
    if (!file) broken.add(path);
    return file;
  };
  return {
    paths,
    get isCut() {
      return isCut;
    },
    broken,
    open,
    withText: (...words) =>
      paths.flatMap((path) => {
        const file = words.some((word) => textOf(path).includes(word)) ? open(path) : undefined;
        return file ? [file] : [];
      }),
  };
}

function listSources(root: string, tests: boolean): { paths: string[]; isCut: boolean } {
  const paths: string[] = [];
  const waiting = [''];
  let seen = 0;
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const entries = readEntries(join(root, folder));
    if (folder !== '' && entries.some(({ name }) => name === 'package.json')) continue;
    for (const entry of entries) {
      seen += 1;
      if (seen > mostFiles * 4 || paths.length >= mostFiles) return { paths, isCut: true };
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !skipped.test(entry.name) && (tests || !testFolder.test(entry.name)))
        waiting.push(path);
      if (entry.isFile() && isSource(path, tests)) paths.push(path);
    }
  }
  return { paths: paths.sort(), isCut: false };
}

function readEntries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

const skipped =
  /^(?:\..*|node_modules|bower_components|dist|build|out|coverage|vendor|public|static|assets)$/;
const testFolder = /^(?:tests?|__tests__|__mocks__|e2e|fixtures|examples?|docs|migrations)$/;

function isSource(path: string, tests: boolean): boolean {
  if (!/\.[cm]?[jt]sx?$|^bin\/[\w-]+$/.test(path) || /\.min\.[cm]?js$/.test(path)) return false;
  return tests || !/\.(?:test|spec|stories|d)\.[cm]?[jt]sx?$/.test(path);
}
