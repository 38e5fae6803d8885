import type { Node } from 'oxc-parser';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';
import type { LibraryUse } from './library-use.ts';

/** Whether something else in the file has a name of the library too, such as a parameter: not every use of it is the library then. */
export function isShadowed(file: JavascriptFile, { locals, statement }: LibraryUse): boolean {
  return file.nodes.some(
    (node) =>
      node.type === 'Identifier' &&
      locals.has(node.name) &&
      !(node.start >= statement.start && node.end <= statement.end) &&
      isDeclared(file, node),
  );
}

function isDeclared({ parents }: JavascriptFile, name: Node): boolean {
  let node = name;
  let around = parents.get(node);
  while (around && isPartOfPattern(around, node)) {
    node = around;
    around = parents.get(node);
  }
  if (around === undefined) return false;
  if (around.type === 'VariableDeclarator') return around.id === node;
  if (around.type === 'CatchClause') return around.param === node;
  if (around.type === 'ClassDeclaration' || around.type === 'ClassExpression') return around.id === node;
  if ('params' in around && Array.isArray(around.params)) {
    return (around.params as readonly unknown[]).includes(node) || ('id' in around && around.id === node);
  }
  return false;
}

/** Of an object as a value, this is never the way up to a declaration. */
function isPartOfPattern(around: Node, node: Node): boolean {
  if (around.type === 'AssignmentPattern') return around.left === node;
  if (around.type === 'Property') return around.value === node;
  return /^(?:ObjectPattern|ArrayPattern|RestElement|TSParameterProperty)$/.test(around.type);
}
