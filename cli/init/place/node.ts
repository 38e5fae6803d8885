import type { Node } from 'oxc-parser';
import { isModuleObject, namedImports } from '../../scan/fix/javascript/imports.ts';
import { hasPlainArguments, type JavascriptFile } from '../../scan/fix/javascript/javascript-file.ts';
import { styleOf } from '../../scan/fix/javascript/style.ts';
import { notFound } from './express.ts';
import { styled } from './insert.ts';
import { edited, type Place, type Placed, shown } from './placed.ts';
import { reportOptions } from './report-mode.ts';

/** `createServer(handler)` becomes `defendServer(createServer(bulwark({ ... }, handler)))`. */
export function placeInNode({ sources, until }: Place): Placed {
  const calls = sources
    .withText('createServer')
    .flatMap((file) => file.nodes.flatMap((node) => (isServer(file, node) ? [{ file, call: node }] : [])));
  const [found] = calls;
  const options = reportOptions(until, false);
  const code = [
    "import { bulwark, defendServer } from 'bulwark/node';",
    '',
    `const server = defendServer(createServer(bulwark(${options.join('\n')}, handler)));`,
  ];
  if (!found || calls.length > 1) return shown(notFound(calls.length, 'createServer(handler)'), code);
  const { file, call } = found;
  const handler = call.arguments.at(-1);
  if (!handler || !hasPlainArguments(file, call)) return shown(`${file.path} can't be changed safely.`, code);
  const { newline } = styleOf(file);
  const lines = options.map((line) => styled(file, line, indentAt(file, call.start)));
  const after = edited(
    file,
    'bulwark/node',
    ['bulwark', 'defendServer'],
    [
      { at: call.start, end: call.start, text: 'defendServer(' },
      { at: handler.start, end: handler.start, text: `bulwark(${lines.join(newline).trimStart()}, ` },
      { at: handler.end, end: handler.end, text: ')' },
      { at: call.end, end: call.end, text: ')' },
    ],
  );
  if (after === undefined) return shown(`${file.path} can't be changed safely.`, code);
  return {
    changes: [{ path: file.path, before: file.text, after }],
    snippets: [reports],
    notes: [],
    start: { framework: 'node', path: file.path },
  };
}

const reports = {
  title: 'Receive CSP reports',
  why: 'Browsers show violations in their console. To get them as events, call this for the path that reportTo names.',
  code: `import { cspReportHandler } from 'bulwark/node';

const reports = cspReportHandler(); // if (req.url === '/csp-reports') return reports(req, res);`,
};

type Call = Extract<Node, { type: 'CallExpression' }>;

function isServer(file: JavascriptFile, node: Node): node is Call {
  if (node.type !== 'CallExpression' || node.arguments.length === 0) return false;
  const { callee } = node;
  if (callee.type === 'Identifier') {
    return namedImports(file).some(
      ({ module, imported, local }) =>
        local === callee.name && imported === 'createServer' && modules.includes(module),
    );
  }
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'createServer' &&
    isModuleObject(file, callee.object, modules)
  );
}

const modules = ['http', 'node:http', 'https', 'node:https'];

function indentAt({ text }: JavascriptFile, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';
}
