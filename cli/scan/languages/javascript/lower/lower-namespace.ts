import type {
  Node,
  TSEnumDeclaration,
  TSGlobalDeclaration,
  TSImportEqualsDeclaration,
  TSModuleDeclaration,
} from 'oxc-parser';
import type { ValueId } from '../../../ir/ir.ts';
import { lookUp } from '../parse/scope.ts';
import { keyName } from '../parse/syntax.ts';
import { declaredNames, exportName, rootName } from '../parse/visit-declaration.ts';
import { lowerExpression } from './lower-expression.ts';
import { hoistFunctions, lowerStatement } from './lower-statement.ts';
import {
  emit,
  emitConst,
  inScopeOf,
  type Lowering,
  readName,
  readVariable,
  writeVariable,
} from './lowering.ts';

/** Lowers an enum to an object of its constants. */
export function lowerEnum(f: Lowering, node: TSEnumDeclaration): void {
  const keys: string[] = [];
  const values: ValueId[] = [];
  let next = 0;
  for (const member of node.body.members) {
    const { initializer } = member;
    if (initializer?.type === 'Literal' && typeof initializer.value === 'number') next = initializer.value;
    keys.push(keyName(member.id, member.computed) ?? '');
    values.push(initializer ? lowerExpression(f, initializer) : emitConst(f, next, member));
    next++;
  }
  const variable = lookUp(f.scope, node.id.name);
  if (variable) writeVariable(f, variable, emit(f, { op: 'object', keys, values }, node), node);
}

/** Lowers the body of a namespace in place. Its exports become an object. */
export function lowerNamespace(f: Lowering, node: TSModuleDeclaration | TSGlobalDeclaration): void {
  const name = rootName(node.id);
  if (name === undefined || !node.body) return;
  const body = node.body.body;
  const keys: string[] = [];
  const values: ValueId[] = [];
  inScopeOf(f, node, () => {
    hoistFunctions(f, body);
    for (const statement of body) {
      if (statement.type !== 'ExportNamedDeclaration') lowerStatement(f, statement);
      else {
        if (statement.declaration) lowerStatement(f, statement.declaration);
        for (const { local, exported } of exportedNames(statement)) {
          if (!lookUp(f.scope, local)) continue;
          keys.push(exported);
          values.push(readName(f, local, statement));
        }
      }
    }
  });
  const variable = lookUp(f.scope, name);
  if (!variable) return;
  let value: ValueId;
  if (variable.kind === 'function' || variable.kind === 'class') {
    value = readVariable(f, variable, node);
    keys.forEach((key, i) => {
      value = emit(f, { op: 'store', object: value, name: key, value: values[i] ?? -1 }, node);
    });
  } else {
    value = emit(f, { op: 'object', keys, values }, node);
    for (const member of membersOf(node.id)) {
      value = emit(f, { op: 'object', keys: [member], values: [value] }, node);
    }
  }
  writeVariable(f, variable, value, node);
}

function exportedNames(
  node: Extract<Node, { type: 'ExportNamedDeclaration' }>,
): { local: string; exported: string }[] {
  const declared = node.declaration ? declaredNames(node.declaration) : [];
  return [
    ...declared.map((name) => ({ local: name, exported: name })),
    ...node.specifiers.map((it) => ({ local: exportName(it.local), exported: exportName(it.exported) })),
  ];
}

/** `C`, `B` of `namespace A.B.C`: the names inside the outermost, from the inside out. */
function membersOf(id: Node): string[] {
  const members: string[] = [];
  let at = id;
  while (at.type === 'TSQualifiedName') {
    members.push(at.right.name);
    at = at.left;
  }
  return members;
}

/** Lowers `import A = B.C`. `import A = require(...)` is lowered like other imports. */
export function lowerImportEquals(f: Lowering, node: TSImportEqualsDeclaration): void {
  const { moduleReference } = node;
  if (moduleReference.type === 'TSExternalModuleReference') return;
  const variable = lookUp(f.scope, node.id.name);
  const root = rootName(moduleReference);
  if (!variable || root === undefined) return;
  let value = readName(f, root, moduleReference);
  for (const name of membersOf(moduleReference).reverse()) {
    value = emit(f, { op: 'member', object: value, name }, moduleReference);
  }
  writeVariable(f, variable, value, node);
}
