import { importsOf } from './imports.ts';
import { type Binding, bind, declare, isFixed, newScope, resolve, type Scope, type Scopes } from './scope.ts';
import type { Node } from './tree.ts';

/** Finds each scope of a file and its bindings. Assigns a cell to each variable that functions share. */
export function findScopes(root: Node, text: string): Scopes {
  const module = newScope('module', undefined);
  const walk: Walk = {
    text,
    all: [module],
    of: new Map(),
    defaults: new Map(),
    classes: [],
    nodes: [],
    scopes: [],
  };
  pushAll(walk, root, module);
  for (let node = walk.nodes.pop(); node; node = walk.nodes.pop()) {
    const scope = walk.scopes.pop() as Scope;
    const visit = visitors[node.kind];
    if (visit) visit(walk, node, scope);
    else if (node.children.length > 0) pushAll(walk, node, scope);
  }
  const cells = shareCells(walk.all, module);
  return { module, all: walk.all, of: walk.of, defaults: walk.defaults, classes: walk.classes, cells };
}

interface Walk {
  readonly text: string;
  readonly all: Scope[];
  readonly of: Map<Node, Scope>;
  readonly defaults: Map<Node, Scope>;
  readonly classes: Node[];
  /** Nodes that are still to be visited, each with its scope. A stack. */
  readonly nodes: Node[];
  readonly scopes: Scope[];
}

const maxDepth = 500;

function push(walk: Walk, node: Node | undefined, scope: Scope): void {
  // Code beyond this depth is not lowered, and each name would be looked up in all enclosing scopes.
  if (!node || scope.depth > maxDepth) return;
  walk.nodes.push(node);
  walk.scopes.push(scope);
}

function pushAll(walk: Walk, node: Node, scope: Scope): void {
  if (scope.depth > maxDepth) return;
  for (let i = node.children.length - 1; i >= 0; i--) {
    walk.nodes.push(node.children[i] as Node);
    walk.scopes.push(scope);
  }
}

type Visit = (walk: Walk, node: Node, scope: Scope) => void;

const visitors: { readonly [kind: string]: Visit | undefined } = {
  __proto__: null as never,
  identifier: (walk, node, scope) => scope.uses.add(textOf(walk, node)),
  attribute: (walk, node, scope) => push(walk, node.children[0], scope),
  keyword_argument: (walk, node, scope) => push(walk, node.children[1], scope),
  call(walk, node, scope) {
    const callee = node.children[0];
    if (callee && callee.kind !== 'identifier') markChanged(walk, callee, scope);
    pushAll(walk, node, scope);
  },
  assignment: bindLeft,
  augmented_assignment: bindLeft,
  for_statement: bindLeft,
  named_expression(walk, node, scope) {
    let home = scope;
    while (home.kind === 'inline' && home.parent) home = home.parent;
    if (node.children[0]) bind(home, textOf(walk, node.children[0]));
    pushAll(walk, node, scope);
  },
  as_pattern: bindAlias,
  except_clause(walk, node, scope) {
    const as = node.children.findIndex((child) => child.kind === 'as');
    bindTarget(walk, node.children[as + 1], scope, as >= 0);
    pushAll(walk, node, scope);
  },
  delete_statement(walk, node, scope) {
    bindTarget(walk, node.children[0], scope, node.children[0]?.kind !== 'attribute');
    pushAll(walk, node, scope);
  },
  global_statement(walk, node, scope) {
    for (const name of node.children) {
      declare(scope, 'globals', textOf(walk, name));
      bind(scope, textOf(walk, name));
      scope.uses.add(textOf(walk, name));
    }
  },
  nonlocal_statement(walk, node, scope) {
    for (const name of node.children) {
      declare(scope, 'nonlocals', textOf(walk, name));
      scope.changes.add(textOf(walk, name));
    }
  },
  import_statement: bindImports,
  import_from_statement: bindImports,
  future_import_statement: bindImports,
  yield(walk, node, scope) {
    scope.owner.generator = true;
    pushAll(walk, node, scope);
  },
  case_clause(walk, node, scope) {
    for (const child of node.children) {
      if (child.kind === 'case_pattern') bindPattern(walk, child, scope);
      else push(walk, child, scope);
    }
  },
  function_definition(walk, node, scope) {
    const name = node.children.find((child) => child.kind === 'identifier');
    if (name) bind(scope, textOf(walk, name), { isDefinition: true });
    openFunction(walk, node, scope);
  },
  lambda: (walk, node, scope) => openFunction(walk, node, scope),
  class_definition(walk, node, scope) {
    const name = node.children[0];
    const inner = newScope('class', scope, scope.owner);
    inner.class = walk.classes.push(node) - 1;
    if (name?.kind === 'identifier')
      bind(scope, textOf(walk, name), { isDefinition: true, class: inner.class });
    open(walk, node, inner);
    for (const child of node.children) {
      if (child.kind === 'block') push(walk, child, inner);
      else if (child.kind === 'argument_list') push(walk, child, scope);
    }
  },
  list_comprehension: openComprehension,
  set_comprehension: openComprehension,
  dictionary_comprehension: openComprehension,
  generator_expression: openComprehension,
};

function textOf(walk: Walk, node: Node): string {
  return walk.text.slice(node.at, node.end);
}

function open(walk: Walk, node: Node, scope: Scope): void {
  walk.of.set(node, scope);
  walk.all.push(scope);
}

function bindLeft(walk: Walk, node: Node, scope: Scope): void {
  bindTarget(walk, node.children[0], scope);
  pushAll(walk, node, scope);
}

function bindAlias(walk: Walk, node: Node, scope: Scope): void {
  bindTarget(walk, node.children[1], scope);
  pushAll(walk, node, scope);
}

function bindImports(walk: Walk, node: Node, scope: Scope): void {
  for (const { name, imported } of importsOf(node, walk.text)) {
    if (name !== '*') bind(scope, name, { imported });
  }
}

/** Binds the names in the target of an assignment. */
function bindTarget(walk: Walk, target: Node | undefined, scope: Scope, really = true): void {
  if (!target || !really) return;
  const waiting = [target];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.kind === 'identifier') bind(scope, textOf(walk, node));
    else if (node.kind === 'attribute' || node.kind === 'subscript') markChanged(walk, node, scope);
    else if (node.kind !== 'call') waiting.push(...node.children.slice(0, maxTargets));
  }
}

const maxTargets = 10_000;

/** Records that `a` of `a.b.c` may be mutated. The length of the path is bounded. */
function markChanged(walk: Walk, path: Node, scope: Scope): void {
  let node: Node | undefined = path;
  for (let steps = 0; node && steps < 8; steps++) {
    if (node.kind === 'identifier') {
      scope.changes.add(textOf(walk, node));
      return;
    }
    if (node.kind !== 'attribute' && node.kind !== 'subscript') return;
    node = node.children[0];
  }
}

function bindPattern(walk: Walk, pattern: Node, scope: Scope): void {
  const waiting = [pattern];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const [first] = node.children;
    if (node.kind === 'dotted_name' || node.kind === 'identifier') {
      const name = textOf(walk, node);
      if (!name.includes('.') && name !== '_') bind(scope, name);
      else scope.uses.add(name.slice(0, name.indexOf('.')));
    } else if (node.kind === 'class_pattern' && first) {
      scope.uses.add((textOf(walk, first).split('.')[0] ?? '').trim());
      waiting.push(...node.children.slice(1, maxTargets));
    } else if (node.kind === 'keyword_pattern') {
      waiting.push(...node.children.slice(1));
    } else {
      waiting.push(...node.children.slice(0, maxTargets));
    }
  }
}

function openFunction(walk: Walk, node: Node, scope: Scope): void {
  const inner = newScope('function', scope);
  const defaults = newScope('inline', scope, inner);
  open(walk, node, inner);
  walk.defaults.set(node, defaults);
  walk.all.push(defaults);
  const last = node.children.length - 1;
  node.children.forEach((child, i) => {
    if (child.kind === 'parameters' || child.kind === 'lambda_parameters') {
      for (const param of child.children) bindParam(walk, param, inner, defaults);
    } else if (i === last) {
      push(walk, child, inner);
    }
  });
}

function bindParam(walk: Walk, param: Node, inner: Scope, defaults: Scope): void {
  if (param.kind === 'identifier') {
    bind(inner, textOf(walk, param));
    return;
  }
  for (const [i, child] of param.children.entries()) {
    if (i === 0) bindTarget(walk, child, inner);
    else push(walk, child, defaults);
  }
}

function openComprehension(walk: Walk, node: Node, scope: Scope): void {
  const inner = newScope('inline', scope, scope.owner);
  open(walk, node, inner);
  let first = true;
  for (const clause of node.children) {
    if (clause.kind !== 'for_in_clause') {
      push(walk, clause, inner);
      continue;
    }
    bindTarget(walk, clause.children[0], inner);
    for (const child of clause.children) push(walk, child, first ? scope : inner);
    first = false;
  }
}

function shareCells(all: readonly Scope[], module: Scope): Binding[] {
  const cells: Binding[] = [];
  const share = (binding: Binding): void => {
    if (binding.cell < 0) binding.cell = cells.push(binding) - 1;
  };
  for (const binding of module.names.values()) share(binding);
  for (const scope of all) {
    for (const name of scope.uses) {
      const binding = resolve(scope, name);
      if (binding && binding.scope.owner !== scope.owner) share(binding);
    }
    for (const name of scope.changes) {
      const binding = resolve(scope, name);
      if (!binding || binding.scope.owner === scope.owner) continue;
      share(binding);
      if (scope.nonlocals.has(name)) binding.count++;
      if (!isFixed(binding)) binding.outerWrites = true;
    }
  }
  return cells;
}
