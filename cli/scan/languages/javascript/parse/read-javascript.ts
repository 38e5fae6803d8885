import type { Program } from 'oxc-parser';
import type { Class, Module, ParseProblem } from '../../../ir/ir.ts';
import { buildModule } from '../lower/lower-function.ts';
import { lowerStatements } from '../lower/lower-statement.ts';
import { type ModuleLowering, maxPhis } from '../lower/lowering.ts';
import { collectScopes } from './collect-scopes.ts';
import { type Parsed, parseJavascript } from './parse-javascript.ts';

/**
 * Parses and lowers a JavaScript, TypeScript or JSX file. The extension decides which of them it is.
 * It never throws: if a file can't be read, the module is empty and its `problems` say why.
 */
export function readJavascript(path: string, text: string): Module {
  const parsed = parseSafely(path, text);
  const problems = [...parsed.problems];
  const { functions, classes, cells, exports } =
    (parsed.program && lowerProgram(parsed.program, text, problems)) ??
    (lowerProgram(emptyProgram, text, problems) as ModuleLowering);
  return {
    path,
    language: 'javascript',
    functions,
    classes: classes.map((it) => it ?? emptyClass),
    cells,
    exports,
    problems,
    comments: parsed.comments,
    lines: lineOffsets(text),
  };
}

const emptyProgram: Program = {
  type: 'Program',
  body: [],
  sourceType: 'module',
  hashbang: null,
  start: 0,
  end: 0,
};

/** A class that is nested too deeply to be lowered. */
const emptyClass: Class = { name: '', methods: [], fields: [], init: -1, at: 0, end: 0 };

function parseSafely(path: string, text: string): Parsed {
  try {
    return parseJavascript(path, text);
  } catch (error) {
    return { program: undefined, problems: [{ at: 0, message: messageOf(error) }], comments: [] };
  }
}

function lowerProgram(program: Program, text: string, problems: ParseProblem[]): ModuleLowering | undefined {
  const known = problems.length;
  try {
    const scopes = collectScopes(program);
    const module: ModuleLowering = {
      scopes,
      functions: [],
      classes: new Array(scopes.classIds.size).fill(undefined),
      cells: [],
      exports: [],
      problems,
      exportCells: new Map(),
      phisLeft: maxPhis,
      isTooDeep: false,
    };
    buildModule(module, { start: 0, end: text.length }, (f) => lowerStatements(f, program.body));
    return module;
  } catch (error) {
    // The stack is smaller than usual, which no fixed bound can take into account.
    problems.length = known;
    problems.push({ at: 0, message: messageOf(error) });
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'The file cannot be read.';
}

function lineOffsets(text: string): number[] {
  const lines = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1);
  return lines;
}
