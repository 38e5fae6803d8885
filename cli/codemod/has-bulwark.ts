import type { Node } from 'oxc-parser';
import { namedImports } from '../scan/fix/javascript/imports.ts';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';

type Call = Extract<Node, { type: 'CallExpression' }>;

/** The call of `bulwark()` of `bulwark/express` in a file. */
export function bulwarkCall(file: JavascriptFile): Call | undefined {
  const names = namedImports(file)
    .filter(({ module, imported }) => module === 'bulwark/express' && imported === 'bulwark')
    .map(({ local }) => local);
  return file.nodes.find(
    (node): node is Call =>
      node.type === 'CallExpression' && node.callee.type === 'Identifier' && names.includes(node.callee.name),
  );
}
