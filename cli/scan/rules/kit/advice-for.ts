import { languageAt, type Program } from '../../callgraph/program.ts';
import type { Module } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { ByHost } from '../../languages/by-host.ts';
import type { HostId } from '../../languages/language-id.ts';
import { hosts } from '../../languages/language-id.ts';
import { languageOf } from '../../languages/registry.ts';
import type { PythonAdvice, RuleHead } from './rule.ts';

/**
 * Returns the advice of a rule for one file. For Python, and for templates of a Python project, the rule may have advice
 * for the framework in use.
 * @param sink the modelled name of the sink, such as `django.Cursor.execute`. The package in this name takes precedence
 * over the packages that the code imports.
 */
export function adviceFor(rule: RuleHead, program: Program, module: Module, sink = ''): string {
  const special: ByHost<PythonAdvice | undefined> = { python: rule.pythonAdvice };
  const { isTemplate, host } = languageOf(module);
  const { renderers, roots, all } = importsOf(program);
  const of = isTemplate ? renderers.find((one) => special[one] !== undefined) : host;
  const own = of && special[of];
  if (own === undefined) return rule.advice;
  if (typeof own === 'string') return own;
  const root = sink.split('.', 1)[0] ?? '';
  return pick(own, new Set([root])) ?? pick(own, roots.get(module.path)) ?? pick(own, all.get(of)) ?? own.any;
}

/** By package: the one whose advice also fits it. FastAPI applications import `starlette` too. */
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
  /** The languages of the project's code. Any of them may render its templates. */
  readonly renderers: readonly HostId[];
  /** The packages that each module imports. */
  readonly roots: ReadonlyMap<string, ReadonlySet<string>>;
  /** By language: the packages that all modules import. */
  readonly all: ReadonlyMap<HostId | undefined, ReadonlySet<string>>;
}

const importsOf = memoized((program: Program): Imports => {
  const roots = new Map<string, Set<string>>();
  const all = new Map<HostId | undefined, Set<string>>();
  program.instructions.each('import', ({ specifier }, { module }) => {
    const from = program.modules[module];
    const { id, host, packageOf } = languageAt(program, module);
    if (!from || id !== host) return;
    const root = packageOf(specifier);
    const own = roots.get(from.path) ?? new Set();
    roots.set(from.path, own.add(root));
    const others = all.get(host) ?? new Set();
    all.set(host, others.add(root));
  });
  const renderers = hosts.filter((host) => program.languages.some(({ id }) => id === host));
  return { renderers, roots, all };
});
