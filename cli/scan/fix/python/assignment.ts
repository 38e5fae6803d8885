import {
  childOf,
  functionAround,
  identifiersIn,
  type PythonFile,
  type PythonNode,
  source,
} from './python-file.ts';

/** The only binding of a name: an assignment to a variable (of a function or the module), or a parameter. */
export interface Assigned {
  readonly kind: 'variable' | 'parameter';
  /** The whole assignment, or the parameter. */
  readonly node: PythonNode;
  readonly value: PythonNode | undefined;
  /** The annotated type: `str` for `name: str`. Undefined without an annotation. */
  readonly type: string | undefined;
}

/**
 * Finds what a name is bound to, in the innermost scope around `use` that binds it. Undefined unless that scope binds it
 * exactly once, as a parameter or by `name = value`.
 */
export function assignedTo(file: PythonFile, use: PythonNode, name: string): Assigned | undefined {
  for (let scope = functionAround(file, use); ; scope = functionAround(file, scope)) {
    const found = identifiersIn(file, scope, name).flatMap((identifier): (Assigned | undefined)[] => {
      if (functionAround(file, identifier) !== scope && !isParameterOf(identifier, scope)) return [];
      return written(file, identifier);
    });
    if (found.length === 1) return found[0];
    if (found.length > 1 || scope === file.root) return undefined;
  }
}

function isParameterOf(identifier: PythonNode, scope: PythonNode): boolean {
  return childOf(scope, 'parameters') === parametersAround(identifier);
}

function parametersAround(node: PythonNode): PythonNode | undefined {
  let at = node.parent;
  while (at && /parameter|pattern/.test(at.kind) && !/parameters$/.test(at.kind)) at = at.parent;
  return at && /parameters$/.test(at.kind) ? at : undefined;
}

/** The binding that an identifier makes, if it makes one. */
function written(file: PythonFile, identifier: PythonNode): (Assigned | undefined)[] {
  const { parent } = identifier;
  if (!parent) return [];
  if (parent.kind === 'assignment' && identifier.field === 'left') {
    const type = childOf(parent, 'type');
    const value = childOf(parent, 'right');
    return [{ kind: 'variable', node: parent, value, type: type && source(file, type) }];
  }
  if (parametersAround(identifier) && identifier.field !== 'value' && identifier.field !== 'type') {
    const type = childOf(parent, 'type');
    return [{ kind: 'parameter', node: parent, value: undefined, type: type && source(file, type) }];
  }
  const targets = /^(?:augmented_assignment|for_statement|named_expression|for_in_clause|as_pattern_target)$/;
  if (targets.test(parent.kind) && identifier.field !== 'right' && identifier.field !== 'value')
    return [undefined];
  if (
    /^(?:pattern_list|tuple_pattern|list_pattern|global_statement|nonlocal_statement|delete_statement|aliased_import)$/.test(
      parent.kind,
    )
  )
    return [undefined];
  return [];
}
