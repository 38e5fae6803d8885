import { type Grammar, loadGrammar } from '../../scan/languages/python/parse/grammar.ts';
import { copyTree, type Node } from '../../scan/languages/python/parse/tree.ts';
import type { Subject } from '../subject/subject.ts';

/** A place that a value comes from, as evidence shows it. */
export interface Spot {
  readonly path: string;
  readonly line: number;
  readonly text: string;
}

/** A parsed file of Python. */
export interface ModuleFile {
  readonly path: string;
  readonly text: string;
  readonly root: Node;
  /** Why it was not read whole. */
  readonly problem?: string;
  readonly lineStarts: readonly number[];
}

const mostText = 500_000;

/** Reads and parses files of a project, each once. */
export async function moduleReader(subject: Subject): Promise<(path: string) => ModuleFile | undefined> {
  let reader = readers.get(subject);
  if (!reader) {
    reader = createReader(subject, await loadGrammar());
    readers.set(subject, reader);
  }
  return reader;
}

/** The reader of a project, once it was made. */
export function loadedReader(subject: Subject): ((path: string) => ModuleFile | undefined) | undefined {
  return readers.get(subject);
}

const readers = new WeakMap<Subject, (path: string) => ModuleFile | undefined>();

function createReader(subject: Subject, grammar: Grammar): (path: string) => ModuleFile | undefined {
  const files = new Map<string, ModuleFile | undefined>();
  const own = new Set(subject.paths);
  return (path) => {
    if (files.has(path)) return files.get(path);
    // What Git ignores is not in production, even if it lies in the folder.
    const file = own.has(path) ? openModule(path, subject.read(path), grammar) : undefined;
    files.set(path, file);
    return file;
  };
}

function openModule(path: string, text: string | undefined, grammar: Grammar): ModuleFile {
  const root = { kind: 'module', at: 0, end: 0, children: [] };
  const base = { path, text: '', root, lineStarts: [0] };
  if (text === undefined) return { ...base, problem: `${path} could not be read` };
  if (text.length > mostText) return { ...base, problem: `${path} is longer than ${mostText} characters` };
  let steps = 1000 + text.length / 4;
  // Typed as void, but true stops the parser, which hostile text makes go back and forth.
  const progressCallback = (): boolean => --steps < 0;
  const tree = grammar.parser.parse(text, null, { progressCallback });
  if (!tree) {
    grammar.parser.reset();
    return { ...base, problem: `${path} could not be parsed` };
  }
  try {
    const copied = copyTree(tree, text, grammar);
    const file = { path, text, root: copied.root, lineStarts: startsOf(text) };
    const [first] = copied.problems;
    if (!first) return file;
    return { ...file, problem: `${path} has a syntax error on line ${lineAt(file, first.at)}` };
  } finally {
    tree.delete();
  }
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

export function lineAt({ lineStarts }: { readonly lineStarts: readonly number[] }, at: number): number {
  let low = 0;
  let high = lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((lineStarts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return low + 1;
}

export function textOf(file: ModuleFile, node: Node): string {
  return file.text.slice(node.at, node.end);
}

/** What a node says, on one line and not too long. Values that may be secret are cut. */
export function spotOf(file: ModuleFile, node: Node): Spot {
  return { path: file.path, line: lineAt(file, node.at), text: shown(textOf(file, node)) };
}

const mostShown = 160;

function shown(text: string): string {
  const line = text.slice(0, 2000).replace(/\s+/g, ' ').trim();
  const masked = /secret|password|passwd|token|_key|apikey|dsn|credential/i.test(line)
    ? line.replace(/(['"])([^'"]{4})[^'"]{5,}\1?/g, '$1$2...$1')
    : line.replace(/:\/\/[^\s'"@/]*@/g, '://...@');
  return masked.length > mostShown ? `${masked.slice(0, mostShown)} ...` : masked;
}
