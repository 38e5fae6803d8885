import type { Node } from '../../scan/languages/python/parse/tree.ts';
import { nodesWithin } from './constant-text.ts';
import { type ModuleFile, textOf } from './module-file.ts';

/** The name that stands for functions with `@app.middleware('http')` or `@app.after_request`. */
export const ofDecorator = '@middleware';

/**
 * The middleware in which a place runs for every response: the class whose `dispatch` or `__call__` it stands in, or `ofDecorator`.
 * Undefined for any other place.
 *
 * @param around the nodes around it, from the outermost on
 */
export function middlewareAround(module: ModuleFile, around: readonly Node[]): string | undefined {
  const at = around.findLastIndex(({ kind }) => kind === 'function_definition');
  const code = around[at];
  if (!code) return undefined;
  const inside = around.slice(at + 1);
  const owner = around.findLast(({ kind }) => kind === 'class_definition')?.children[0];
  if (!inside.every((node) => isAlways(module, node) || node.kind === 'if_statement')) return undefined;
  const isMiddleware = decorators(module, around[at - 1]).some((text) => wrapping.test(text));
  const name = nameOf(module, code);
  if (isMiddleware || name === 'dispatch') {
    const returns = nodesWithin(code).filter(({ kind }) => kind === 'return_statement').length;
    if (returns !== 1 || inside.some(({ kind }) => kind === 'if_statement')) return undefined;
    return isMiddleware ? ofDecorator : owner && textOf(module, owner);
  }
  return owner && isSender(module, around, at) ? textOf(module, owner) : undefined;
}

const always: ReadonlySet<string> = new Set([
  'block',
  'expression_statement',
  'assignment',
  'call',
  'argument_list',
  'dictionary',
]);

/** `@app.middleware("http")`, and what Flask calls after every request: that of a blueprint is called for its own alone. */
const wrapping =
  /^@\w+\.middleware\(\s*["']http["']\s*\)$|^@(app|application|flask_app)\.after_request$|^@\w+\.after_app_request$/;

function isAlways(module: ModuleFile, node: Node): boolean {
  if (node.kind === 'call') return /^[\w.]*headers\.update\(/.test(textOf(module, node));
  return always.has(node.kind);
}

function nameOf(module: ModuleFile, code: Node): string {
  const name = code.children.find(({ kind }) => kind === 'identifier');
  return name ? textOf(module, name) : '';
}

function decorators(module: ModuleFile, parent: Node | undefined): readonly string[] {
  if (parent?.kind !== 'decorated_definition') return [];
  return parent.children.filter(({ kind }) => kind === 'decorator').map((one) => textOf(module, one).trim());
}

const start = /^\w+\[["']type["']\]\s*==\s*["']http\.response\.start["']$/;
const scopeType =
  /^scope\[["']type["']\]\s*(!=|==|not in|in)\s*[("'[][^()]*$|^scope\[["']type["']\]\s*(not )?in\s*[([{][^()]*[)\]}]$/;

/** A function inside the `__call__` of a class that is passed on as `send`, where the response starts. */
function isSender(module: ModuleFile, around: readonly Node[], at: number): boolean {
  const outer = around.slice(0, at).findLastIndex(({ kind }) => kind === 'function_definition');
  const call = around[outer];
  if (!call || nameOf(module, call) !== '__call__') return false;
  const ifs = around.slice(at + 1).filter(({ kind }) => kind === 'if_statement');
  const conditions = nodesWithin(call).flatMap(({ kind, children: [condition] }) =>
    (kind === 'if_statement' || kind === 'elif_clause' || kind === 'conditional_expression') && condition
      ? [textOf(module, condition).trim()]
      : [],
  );
  return (
    ifs.length <= 1 &&
    around.slice(outer + 1, at).every(({ kind }) => kind === 'block') &&
    conditions.every((one) => start.test(one) || scopeType.test(one))
  );
}
