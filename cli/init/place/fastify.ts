import type { Node } from 'oxc-parser';
import type { JavascriptFile } from '../../scan/fix/javascript/javascript-file.ts';
import { createdApps, mainApp } from './created-app.ts';
import { notFound } from './express.ts';
import { insertAfter, insertInside } from './insert.ts';
import { edited, type Place, type Placed, shown } from './placed.ts';
import { callWith, reportOptions } from './report-mode.ts';

/** The plugin is registered first: behind the line that creates the instance, or in the plugin that fastify-cli starts. */
export function placeInFastify(place: Place): Placed {
  const { sources, until } = place;
  const apps = createdApps(sources, {
    module: 'fastify',
    names: ['fastify', 'default'],
    by: 'CallExpression',
  });
  const app = mainApp(apps);
  if (!app && apps.length === 0) {
    const plugin = startedPlugin(place);
    if (plugin) return plugin;
  }
  const name = app?.name ?? 'app';
  if (!app)
    return shown(notFound(apps.length, 'fastify()'), [importLine, '', ...startLines(name, until, true)]);
  const { file, statement } = app;
  const after = edited(file, 'bulwark/fastify', names, [
    insertAfter(file, statement, startLines(name, until, canAwait(file, app.scope))),
  ]);
  if (after === undefined) {
    return shown(`${file.path} can't be changed safely.`, [importLine, '', ...startLines(name, until, true)]);
  }
  return {
    changes: [{ path: file.path, before: file.text, after }],
    snippets: [],
    notes: [],
    start: { framework: 'fastify', path: file.path, app },
  };
}

const names = ['bulwark', 'cspReportHandler'];
const importLine = "import { bulwark, cspReportHandler } from 'bulwark/fastify';";

function startLines(name: string, until: string, awaits: boolean): string[] {
  return [
    ...callWith(`${awaits ? 'await ' : ''}${name}.register(bulwark, `, reportOptions(until), ');'),
    `${awaits ? 'await ' : ''}${name}.register(cspReportHandler(), { prefix: '/csp-reports' });`,
  ];
}

/** Without `await`, Fastify loads the plugin before it serves requests; routes may have options of the plugin only with it. */
function canAwait(file: JavascriptFile, scope: Node): boolean {
  if (scope.type !== 'Program') return 'async' in scope && scope.async === true;
  return file.program.body.some(({ type }) => type === 'ImportDeclaration') && !/\.cts$/.test(file.path);
}

/** `fastify start app.js`: the file exports a plugin, which gets the instance as its first parameter. */
function startedPlugin({ manifest, sources, until }: Place): Placed | undefined {
  const scripts = [...manifest.scripts.values()].join('\n');
  if (!/\bfastify start\b/.test(scripts)) return undefined;
  for (const file of sources.withText('fastify')) {
    if (!/^(?:src\/)?app\.[cm]?[jt]s$/.test(file.path)) continue;
    const body = pluginBody(file);
    if (!body) continue;
    const lines = [
      ...startLines(body.name, until, body.awaits),
      ...(sources.withText('setNotFoundHandler').length > 0 ? [] : [notFoundLine(file.path, body.name)]),
    ];
    const after = edited(file, 'bulwark/fastify', names, [insertInside(file, body.block, lines)]);
    if (after === undefined) continue;
    return {
      changes: [{ path: file.path, before: file.text, after }],
      snippets: [],
      notes: [],
      start: { framework: 'fastify', path: file.path },
    };
  }
  return undefined;
}

/**
 * fastify-cli gives the plugin a scope of its own, which has no 404: without a handler here, those are answered outside. The types of
 * Fastify know no call without one.
 */
function notFoundLine(path: string, name: string): string {
  const handler = /\.[cm]?ts$/.test(path)
    ? "(_request, reply) => reply.code(404).send({ statusCode: 404, error: 'Not Found', message: 'Not Found' })"
    : '';
  return `${name}.setNotFoundHandler(${handler}); // so that a 404 has the headers too`;
}

interface PluginBody {
  readonly name: string;
  readonly awaits: boolean;
  readonly block: Node;
}

/** The function that the file exports: `module.exports = async function (fastify, opts) {}`, `export default app`. */
function pluginBody(file: JavascriptFile): PluginBody | undefined {
  const exported = file.nodes.flatMap((node): Node[] => {
    if (node.type === 'ExportDefaultDeclaration') return [node.declaration];
    if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') return [];
    const target = file.text.slice(node.left.start, node.left.end);
    return target === 'module.exports' ? [node.right] : [];
  });
  const [node] = exported;
  if (exported.length !== 1 || !node) return undefined;
  const named = node.type === 'Identifier' ? functionNamed(file, node.name) : node;
  if (!named || !('params' in named) || !('body' in named) || !named.body) return undefined;
  const [parameter] = named.params as readonly Node[];
  const block = named.body;
  if (parameter?.type !== 'Identifier' || block.type !== 'BlockStatement') return undefined;
  return { name: parameter.name, awaits: 'async' in named && named.async === true, block };
}

function functionNamed({ nodes }: JavascriptFile, name: string): Node | undefined {
  const found = nodes.filter(
    (node) =>
      (node.type === 'FunctionDeclaration' && node.id?.name === name) ||
      (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.id.name === name),
  );
  const [one] = found;
  if (found.length !== 1 || !one) return undefined;
  return one.type === 'VariableDeclarator' ? (one.init ?? undefined) : one;
}
