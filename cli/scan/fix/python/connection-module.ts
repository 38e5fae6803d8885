import { assignedTo } from './assignment.ts';
import {
  childOf,
  functionAround,
  namedChildren,
  type PythonFile,
  type PythonNode,
  source,
} from './python-file.ts';

/** The maximum number of steps from a cursor back to the call that made its connection. */
const maxSteps = 8;

/**
 * The database module that a connection or cursor comes from, if the file shows it. After `cur =
 * sqlite3.connect("a").cursor()`: `cur` -> `sqlite3`. Undefined if a name on the way is a parameter, or has more than one
 * value.
 */
export function connectionModule(file: PythonFile, receiver: PythonNode): string | undefined {
  let at: PythonNode | undefined = receiver;
  for (let step = 0; at && step < maxSteps; step++) {
    switch (at.kind) {
      case 'call':
        at = childOf(at, 'function');
        break;
      case 'attribute':
        at = childOf(at, 'object');
        break;
      case 'await':
      case 'parenthesized_expression':
        at = namedChildren(at)[0];
        break;
      case 'identifier': {
        const imported = importedAs(file, source(file, at));
        if (imported !== undefined) return imported;
        at = givenTo(file, at);
        break;
      }
      default:
        return undefined;
    }
  }
  return undefined;
}

/** The value of a name: by an assignment, a `with` statement, or a function's only return. */
function givenTo(file: PythonFile, name: PythonNode): PythonNode | undefined {
  const text = source(file, name);
  const assigned = assignedTo(file, name, text);
  if (assigned) return assigned.value;
  const scope = functionAround(file, name);
  const opened = file.nodes.filter(
    (node) =>
      node.kind === 'as_pattern' &&
      functionAround(file, node) === scope &&
      node.children.some((child) => child.kind === 'as_pattern_target' && source(file, child) === text),
  );
  if (opened.length > 0) return opened.length === 1 ? opened[0]?.children[0] : undefined;
  const made = file.root.children.filter(
    (node) => node.kind === 'function_definition' && source(file, childOf(node, 'name') ?? node) === text,
  );
  const returns = file.nodes.filter(
    (node) => node.kind === 'return_statement' && functionAround(file, node) === made[0],
  );
  return made.length === 1 && returns.length === 1 ? namedChildren(returns[0] as PythonNode)[0] : undefined;
}

/** The module that a name is imported from, or is bound to. */
function importedAs(file: PythonFile, name: string): string | undefined {
  for (const node of file.nodes) {
    if (node.kind !== 'import_from_statement' && node.kind !== 'import_statement') continue;
    const module = childOf(node, 'module_name');
    for (const child of node.children) {
      if (child.field !== 'name') continue;
      const alias = child.kind === 'aliased_import' ? childOf(child, 'alias') : undefined;
      const whole = source(
        file,
        (child.kind === 'aliased_import' ? childOf(child, 'name') : undefined) ?? child,
      );
      const known = alias ? source(file, alias) : module ? whole : (whole.split('.')[0] as string);
      if (known === name) return module ? source(file, module) : whole;
    }
  }
  return undefined;
}
