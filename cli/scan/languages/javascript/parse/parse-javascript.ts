import { createRequire } from 'node:module';
import type { ParserOptions as BabelOptions, ParseResult as BabelResult, ParserPlugin } from '@babel/parser';
import { type ParseResult, type ParserOptions, type Program, parseSync } from 'oxc-parser';
import type { Comment, ParseProblem } from '../../../ir/ir.ts';
import { isDeeplyNested } from './nesting.ts';

export interface Parsed {
  /** Undefined if no parser can read the text. */
  readonly program: Program | undefined;
  readonly problems: readonly ParseProblem[];
  readonly comments: readonly Comment[];
}

/**
 * Parses a file to ESTree and TS-ESTree, with UTF-16 offsets. Babel parses what oxc can't: Flow's types, and code that
 * is nested so deeply that oxc would end the process.
 */
export function parseJavascript(path: string, text: string): Parsed {
  const extension = /\.([cm]?[jt]sx?)$/.exec(path)?.[1] ?? 'js';
  const deep = isDeeplyNested(text);
  const result = deep ? undefined : parseByOxc(path, text, languageOf(path, extension));
  if (result && result.errors.length === 0) {
    return { program: result.program, problems: [], comments: commentsOf(text, () => result.comments) };
  }
  const other = parseByBabel(text, extension);
  if (typeof other !== 'string') {
    return {
      // Babel's `estree` plugin makes the same tree, except for Flow's types.
      program: other.program as unknown as Program,
      problems: [],
      comments: commentsOf(text, () => other.comments ?? []),
    };
  }
  const [error] = result?.errors ?? [];
  const problem = error
    ? { at: error.labels[0]?.start ?? 0, message: error.message }
    : { at: 0, message: deep && other === 'stack' ? 'The code is nested too deeply.' : other };
  if (!result || result.program.body.length === 0) {
    return { program: undefined, problems: [problem], comments: [] };
  }
  return { program: result.program, problems: [problem], comments: commentsOf(text, () => result.comments) };
}

type Lang = NonNullable<ParserOptions['lang']>;

function languageOf(path: string, extension: string): Lang {
  if (/\.d\.[cm]?ts$/.test(path)) return 'dts';
  if (extension === 'tsx') return 'tsx';
  return extension.includes('t') ? 'ts' : 'jsx';
}

function parseByOxc(path: string, text: string, lang: Lang): ParseResult {
  // CommonJS allows `return` outside of functions. Most files are parsed at the first attempt.
  const likely = /^[^\S\r\n\u2028\u2029]*(?:import|export)\b/m.test(text) ? 'module' : 'commonjs';
  const first = parseSync(path, text, { lang, preserveParens: false, sourceType: likely });
  if (first.errors.length === 0 || first.errors.length > maxErrors) return first;
  for (const sourceType of ['module', 'commonjs', 'script'] as const) {
    if (sourceType === likely) continue;
    const result = parseSync(path, text, { lang, preserveParens: false, sourceType });
    if (result.errors.length === 0) return result;
  }
  return first;
}

/** With more errors, no other source type is tried: oxc takes long to describe each error. */
const maxErrors = 20;

/** The tree, or an error message. */
function parseByBabel(text: string, extension: string): BabelResult | string {
  const options: BabelOptions = {
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    allowSuperOutsideMethod: true,
    allowUndeclaredExports: true,
    allowNewTargetOutsideFunction: true,
    createImportExpressions: true,
    errorRecovery: true,
    attachComment: false,
    plugins: ['estree', 'decorators-legacy', ...languagePlugins(extension)],
  };
  try {
    babel ??= createRequire(import.meta.url)('@babel/parser') as NonNullable<typeof babel>;
    return babel.parse(text, options);
  } catch (error) {
    return error instanceof RangeError ? 'stack' : error instanceof Error ? error.message : 'unreadable';
  }
}

function languagePlugins(extension: string): ParserPlugin[] {
  if (extension === 'tsx') return ['typescript', 'jsx'];
  return extension.includes('t') ? ['typescript'] : [['flow', { all: true }], 'jsx'];
}

/** Loaded only if oxc fails: this takes 40 ms. */
let babel: { parse(text: string, options: BabelOptions): BabelResult } | undefined;

function commentsOf(
  text: string,
  comments: () => readonly { readonly start?: number | null; readonly value: string }[],
): Comment[] {
  if (!text.includes('bulwark')) return [];
  return comments()
    .filter((comment) => comment.value.includes('bulwark'))
    .map((comment) => ({ at: comment.start ?? 0, text: comment.value }));
}
