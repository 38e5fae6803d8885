import { languageAt, type Program } from '../../callgraph/program.ts';
import type { Module } from '../../ir/ir.ts';
import { memoized } from '../../ir/memoized.ts';
import type { ByHost } from '../../languages/by-host.ts';
import type { HostId } from '../../languages/language-id.ts';
import { hosts } from '../../languages/language-id.ts';
import { languageOf } from '../../languages/registry.ts';
import type { PythonAdvice, RuleHead } from './rule.ts';

/**
 * The advice of a rule for one file. In Python, and in a template of a Python project, it is what the file's framework offers.
 *
 * @param sink what the data reaches, such as `django.Cursor.execute`: the best evidence of the library
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

/** FastAPI applications import `starlette` too. */
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
  /** The languages of the project, which may render its templates. */
  readonly renderers: readonly HostId[];
  /** The packages that each module imports. */
  readonly roots: ReadonlyMap<string, ReadonlySet<string>>;
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
