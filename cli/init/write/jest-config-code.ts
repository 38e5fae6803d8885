import { posix } from 'node:path';
import type { Node, ObjectExpression, ObjectProperty } from 'oxc-parser';
import { applyEdits } from '../../scan/fix/edits.ts';
import type { Edit } from '../../scan/fix/fix.ts';
import { type JavascriptFile, openJavascript } from '../../scan/fix/javascript/javascript-file.ts';
import { styleOf } from '../../scan/fix/javascript/style.ts';
import { styled } from '../place/insert.ts';
import { bulwarkModules, otherModules, transformFile, usualTransform } from './jest-transform.ts';

/** A Jest configuration in JavaScript or TypeScript with the transform. Undefined if what it exports isn't certain. */
export function jestConfigCode(path: string, text: string): string | undefined {
  if (text.includes(transformFile)) return text;
  const file = openJavascript(path, text);
  const object = file && exportedObject(file);
  if (!file || !object) return undefined;
  const own = propertiesOf(object);
  if (!own || own.has('projects') || own.has('transformIgnorePatterns')) return undefined;
  const rootDir = own.get('rootDir')?.value;
  if (rootDir && !(rootDir.type === 'Literal' && typeof rootDir.value === 'string')) return undefined;
  const root = posix.join('/', posix.dirname(path), rootDir ? String(rootDir.value) : '.');
  const target = `'<rootDir>/${posix.join(posix.relative(root, '/'), transformFile)}'`;
  const entry = `${code(bulwarkModules)}: ${target},`;
  const ignored = `transformIgnorePatterns: [${otherModules.map(code).join(', ')}],`;
  const transform = own.get('transform')?.value;
  if (transform && transform.type !== 'ObjectExpression') return undefined;
  const [pattern, usual] = usualTransform;
  const isAlone = !transform && !own.has('preset');
  const created = [
    'transform: {',
    `  ${entry}`,
    ...(isAlone ? [`  ${code(pattern)}: '${usual}',`] : []),
    '},',
  ];
  const edits = transform
    ? [atStart(file, object, [ignored]), atStart(file, transform, [entry])]
    : [atStart(file, object, [...created, ignored])];
  const after = applyEdits(text, edits);
  return openJavascript(path, after) ? after : undefined;
}

function code(text: string): string {
  return `'${text.replaceAll('\\', '\\\\')}'`;
}

/** The object that stands in `module.exports = ...` or `export default ...`, or in the constant that is named there. */
function exportedObject(file: JavascriptFile): ObjectExpression | undefined {
  const exported = file.nodes.flatMap((node) => {
    if (node.type === 'ExportDefaultDeclaration') return [node.declaration as Node];
    const isExports =
      node.type === 'AssignmentExpression' &&
      file.text.slice(node.left.start, node.left.end) === 'module.exports';
    return isExports ? [node.right as Node] : [];
  });
  const [only] = exported;
  if (!only || exported.length > 1) return undefined;
  const value = withoutType(only);
  if (value.type !== 'Identifier') return value.type === 'ObjectExpression' ? value : undefined;
  const declared = file.nodes.flatMap((node) =>
    node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === value.name
      ? [node.init]
      : [],
  );
  const init = declared.length === 1 && declared[0] ? withoutType(declared[0]) : undefined;
  return init?.type === 'ObjectExpression' ? init : undefined;
}

function withoutType(node: Node): Node {
  return node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression' ? node.expression : node;
}

/** By name. Undefined if some have names that are computed, or come from another object. */
function propertiesOf({ properties }: ObjectExpression): Map<string, ObjectProperty> | undefined {
  const own = new Map<string, ObjectProperty>();
  for (const property of properties) {
    if (property.type !== 'Property' || property.computed) return undefined;
    const { key } = property;
    if (key.type === 'Identifier') own.set(key.name, property);
    else if (key.type === 'Literal') own.set(String(key.value), property);
  }
  return own;
}

/** As the first entries of an object, on lines of their own if the others are. */
function atStart(file: JavascriptFile, object: ObjectExpression, lines: readonly string[]): Edit {
  const { text } = file;
  const at = object.start + 1;
  const [first] = object.properties;
  const gap = text.slice(at, first?.start ?? object.end);
  const before = text.slice(text.lastIndexOf('\n', object.start - 1) + 1, object.start);
  const indent = /^[ \t]*/.exec(before)?.[0] ?? '';
  const isInline = !gap.includes('\n');
  if (isInline) return { at, end: at, text: ` ${lines.map((line) => styled(file, line.trim())).join(' ')}` };
  const { newline } = styleOf(file);
  return { at, end: at, text: lines.map((line) => newline + styled(file, `  ${line}`, indent)).join('') };
}
