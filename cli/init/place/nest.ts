import { posix } from 'node:path';
import type { Node } from 'oxc-parser';
import type { Edit } from '../../scan/fix/fix.ts';
import type { JavascriptFile } from '../../scan/fix/javascript/javascript-file.ts';
import { styleOf } from '../../scan/fix/javascript/style.ts';
import type { SourceFiles } from '../read/source-files.ts';
import { styled } from './insert.ts';
import { edited, type Place, type Placed, shown } from './placed.ts';
import { callWith, reportOptions } from './report-mode.ts';

/** `BulwarkModule.forRoot(...)` as the first import of the module that the application is created from. */
export function placeInNest({ sources, until }: Place): Placed {
  const lines = callWith('BulwarkModule.forRoot(', reportOptions(until, false), '),');
  const code = [
    "import { BulwarkModule } from 'bulwark/nest';",
    '',
    '// first in the imports of your root module:',
    ...lines,
  ];
  const root = rootModule(sources);
  if (!root) return shown('The module that is passed to NestFactory.create was not found.', code);
  const edit = moduleEdit(root.file, root.options, lines);
  const after = edit && edited(root.file, 'bulwark/nest', ['BulwarkModule'], [edit]);
  if (after === undefined) return shown(`${root.file.path} can't be changed safely.`, code);
  return {
    changes: [{ path: root.file.path, before: root.file.text, after }],
    snippets: [],
    notes: [],
    start: { framework: 'nest', path: root.file.path, module: root.name },
  };
}

type ObjectNode = Extract<Node, { type: 'ObjectExpression' }>;

/** The options of `@Module(...)` on the class that is the first argument of the only `NestFactory.create`. */
function rootModule(
  sources: SourceFiles,
): { file: JavascriptFile; name: string; options: ObjectNode } | undefined {
  const created = sources.withText('NestFactory').flatMap((file) =>
    file.nodes.flatMap((node) => {
      if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return [];
      const { object, property } = node.callee;
      const [first] = node.arguments;
      const creates = property.type === 'Identifier' && property.name === 'create';
      const isFactory = object.type === 'Identifier' && object.name === 'NestFactory';
      return creates && isFactory && first?.type === 'Identifier' ? [{ file, name: first.name }] : [];
    }),
  );
  const [one] = created;
  if (!one || created.length > 1) return undefined;
  const file = importedFile(sources, one.file, one.name);
  const options = file?.nodes.flatMap((node) =>
    node.type === 'Decorator' &&
    node.expression.type === 'CallExpression' &&
    node.expression.callee.type === 'Identifier' &&
    node.expression.callee.name === 'Module'
      ? node.expression.arguments.filter((argument) => argument.type === 'ObjectExpression')
      : [],
  );
  return file && options?.length === 1 && options[0]
    ? { file, name: one.name, options: options[0] }
    : undefined;
}

/** The file that a name is imported from, or the file itself if it isn't imported. */
function importedFile(sources: SourceFiles, file: JavascriptFile, name: string): JavascriptFile | undefined {
  const from = file.nodes.find(
    (node) =>
      node.type === 'ImportDeclaration' && node.specifiers.some((specifier) => specifier.local.name === name),
  );
  if (from?.type !== 'ImportDeclaration') return file;
  const base = posix.join(posix.dirname(file.path), from.source.value).replace(/\.js$/, '');
  const path = sources.paths.find((one) => [`${base}.ts`, `${base}.js`, `${base}/index.ts`].includes(one));
  return path === undefined ? undefined : sources.open(path);
}

function moduleEdit(file: JavascriptFile, options: ObjectNode, lines: readonly string[]): Edit | undefined {
  const { newline } = styleOf(file);
  const known = options.properties.find(
    (property) =>
      property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'imports',
  );
  const indented = (depth: number): string =>
    lines.map((line) => newline + styled(file, `${' '.repeat(depth)}${line}`)).join('');
  if (known?.type === 'Property') {
    if (known.value.type !== 'ArrayExpression') return undefined;
    const { start, end, elements } = known.value;
    const at = start + 1;
    if (elements.length === 0)
      return { at, end: end - 1, text: `${indented(4)}${newline}${styled(file, '  ')}` };
    const isInline = !file.text.slice(at, elements[0]?.start).includes('\n');
    return { at, end: at, text: indented(4) + (isInline ? newline + styled(file, '    ') : '') };
  }
  const at = options.start + 1;
  const head = newline + styled(file, '  imports: [');
  return { at, end: at, text: `${head}${indented(4)}${newline}${styled(file, '  ],')}` };
}
