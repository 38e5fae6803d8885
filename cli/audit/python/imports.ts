import type { Node } from '../../scan/languages/python/parse/tree.ts';
import type { Frame } from './interpreter.ts';
import { spotOf, textOf } from './module-file.ts';
import { lookUp, openScope, type Scope } from './scope.ts';
import { known, notKnown, type Value } from './value.ts';

/** `import os`, `import environ as e`. */
export function importModule(frame: Frame, node: Node): void {
  for (const child of node.children) {
    const [path, alias] = child.kind === 'aliased_import' ? child.children : [child];
    const name = path ? textOf(frame.module, path) : '';
    const [first = name] = name.split('.');
    if (alias) frame.scope.names.set(textOf(frame.module, alias), moduleValue(frame, name));
    else
      frame.scope.names.set(
        first,
        name === first ? moduleValue(frame, name) : known({ type: 'reference', path: first }),
      );
  }
}

function moduleValue(frame: Frame, name: string): Value {
  const path = frame.interpreter.findModule(name, frame.module.path);
  if (path === undefined) return known({ type: 'reference', path: name });
  return known({ type: 'module', scope: frame.interpreter.load(frame, path) });
}

/** `from .base import *`, `from decouple import config`. */
export function importFrom(frame: Frame, node: Node): void {
  const [from, ...names] = node.children;
  if (!from) return;
  const name = textOf(frame.module, from);
  const path = frame.interpreter.findModule(name, frame.module.path);
  const scope = path === undefined ? undefined : frame.interpreter.load(frame, path);
  for (const child of names) {
    if (child.kind === 'wildcard_import') importAll(frame, node, name, scope);
    else importOne(frame, node, name, child, scope);
  }
}

function importAll(frame: Frame, node: Node, name: string, scope: Scope | undefined): void {
  if (!scope) {
    if (name === 'django.conf.global_settings' || standard.test(name)) return;
    openScope(frame.scope, `it may be set in ${name}, which is not in the project`, [
      spotOf(frame.module, node),
    ]);
    return;
  }
  if (scope.open !== undefined) openScope(frame.scope, scope.open, [spotOf(frame.module, node)]);
  for (const [key, value] of scope.names) if (!key.startsWith('_')) frame.scope.names.set(key, value);
}

const standard = /^(os|sys|pathlib|datetime|typing|logging|decouple|environ|socket|json|re)(\.|$)/;

function importOne(frame: Frame, node: Node, from: string, child: Node, scope: Scope | undefined): void {
  const [original, alias] = child.kind === 'aliased_import' ? child.children : [child];
  if (!original) return;
  const name = textOf(frame.module, original);
  const target = alias ? textOf(frame.module, alias) : name;
  const found = scope && lookUp(scope, name);
  if (found) {
    frame.scope.names.set(target, found);
    return;
  }
  const inner = frame.interpreter.findModule(
    from.endsWith('.') ? from + name : `${from}.${name}`,
    frame.module.path,
  );
  if (inner !== undefined) {
    frame.scope.names.set(target, known({ type: 'module', scope: frame.interpreter.load(frame, inner) }));
  } else if (from.startsWith('.') || scope) {
    const spots = [spotOf(frame.module, node)];
    frame.scope.names.set(target, notKnown(`it is imported from ${from}, where it was not found`, spots));
  } else frame.scope.names.set(target, known({ type: 'reference', path: `${from}.${name}` }));
}
