import type { Program } from '../../callgraph/program.ts';
import type { Module } from '../../ir/ir.ts';
import type { PythonAdvice, RuleHead } from './rule.ts';

/**
 * What a rule advises for a file: in Python, and in a template of a Python project, what its framework offers.
 *
 * @param sink what the data reached, such as `django.Cursor.execute`: the surest sign of the library
 */
export function adviceFor(rule: RuleHead, program: Program, { path, language }: Module, sink = ''): string {
  const { pythonAdvice } = rule;
  const { python, roots, all } = importsOf(program);
  const isPython = language === 'python' || (language === 'template' && python);
  if (pythonAdvice === undefined || !isPython) return rule.advice;
  if (typeof pythonAdvice === 'string') return pythonAdvice;
  const root = sink.split('.', 1)[0] ?? '';
  return (
    pick(pythonAdvice, new Set([root])) ??
    pick(pythonAdvice, roots.get(path)) ??
    pick(pythonAdvice, all) ??
    pythonAdvice.any
  );
}

/** `from starlette...` stands in applications of FastAPI too. */
const named: ReadonlyMap<string, string> = new Map([['starlette', 'fastapi']]);

function pick(
  advice: Exclude<PythonAdvice, string>,
  roots: ReadonlySet<string> = new Set(),
): string | undefined {
  for (const root of roots) {
    const own = advice[named.get(root) ?? root];
    if (own !== undefined) return own;
  }
  return undefined;
}

interface Imports {
  /** The project is one in Python. */
  readonly python: boolean;
  /** The packages that each module imports. */
  readonly roots: ReadonlyMap<string, ReadonlySet<string>>;
  readonly all: ReadonlySet<string>;
}

const known = new WeakMap<Program, Imports>();

function importsOf(program: Program): Imports {
  const before = known.get(program);
  if (before) return before;
  const roots = new Map<string, Set<string>>();
  const all = new Set<string>();
  program.instructions.each('import', ({ specifier }, { module }) => {
    const from = program.modules[module];
    if (from?.language !== 'python') return;
    const root = specifier.split('.', 1)[0] ?? '';
    const own = roots.get(from.path) ?? new Set();
    roots.set(from.path, own.add(root));
    all.add(root);
  });
  const python = program.modules.some(({ language }) => language === 'python');
  const found: Imports = { python, roots, all };
  known.set(program, found);
  return found;
}
