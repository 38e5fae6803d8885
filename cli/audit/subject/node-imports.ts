import { openJavascript } from '../../scan/fix/javascript/javascript-file.ts';
import { stringOf } from '../../scan/languages/javascript/parse/syntax.ts';

const names = /^(?:express|fastify|hono|koa|@nestjs\/core|next)(?=\/|$)/;
const named =
  /(?:\bfrom|\brequire\s*\(|\bimport\s*\(?)\s*['"](express|fastify|hono|koa|@nestjs\/core|next)(?:\/[\w./-]*)?['"]/g;

/**
 * The packages of frameworks that a file imports. In a file that can't be parsed, what looks like an import is one; elsewhere texts
 * and comments are none, as in a tool that writes code.
 */
export function nodeImports(path: string, text: string): readonly string[] {
  const seen = new Set([...text.matchAll(named)].flatMap(([, name = '']) => name));
  if (seen.size === 0) return [];
  const file = openJavascript(path, text);
  if (file === undefined) return [...seen];
  const imported = file.nodes.flatMap((node): (string | undefined)[] => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportAllDeclaration':
        return [node.source.value];
      case 'ExportNamedDeclaration':
        return [node.source?.value];
      case 'ImportExpression':
        return [stringOf(node.source)];
      case 'TSExternalModuleReference':
        return [node.expression.value];
      case 'CallExpression':
        return node.callee.type === 'Identifier' && node.callee.name === 'require'
          ? [stringOf(node.arguments[0])]
          : [];
      default:
        return [];
    }
  });
  return [...new Set(imported.flatMap((specifier) => names.exec(specifier ?? '')?.[0] ?? []))];
}
