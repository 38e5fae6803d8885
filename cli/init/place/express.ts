import type { Node } from 'oxc-parser';
import { functionAround, type JavascriptFile } from '../../scan/fix/javascript/javascript-file.ts';
import { type CreatedApp, createdApps, mainApp, statementOf } from './created-app.ts';
import { insertAfter } from './insert.ts';
import { edited, type Place, type Placed, shown } from './placed.ts';
import { reportOptions, useLines } from './report-mode.ts';

/** `app.use(bulwark(...))` behind the line that creates the application, and `bulwarkErrors()` behind its last route. */
export function placeInExpress({ sources, until }: Place): Placed {
  const apps = createdApps(sources, { module: 'express', names: [], by: 'CallExpression' });
  const app = mainApp(apps);
  const start = startLines(app?.name ?? 'app', until);
  if (!app)
    return shown(notFound(apps.length, 'express()'), [
      ...importLines,
      '',
      ...start,
      '// ... your routes ...',
      errorLine('app'),
    ]);
  const { file, name, statement } = app;
  const last = lastRegistration(app);
  const names = ['bulwark', ...(last ? ['bulwarkErrors'] : []), 'cspReportHandler'];
  const edits = [
    insertAfter(file, statement, last === statement ? [...start, errorLine(name)] : start),
    ...(last && last !== statement ? [insertAfter(file, last, [errorLine(name)])] : []),
  ];
  const after = edited(file, 'bulwark/express', names, edits);
  if (after === undefined) {
    return shown(`${file.path} can't be changed safely.`, [
      ...importLines,
      '',
      ...start,
      '// ... your routes ...',
      errorLine(name),
    ]);
  }
  return {
    changes: [{ path: file.path, before: file.text, after }],
    snippets: last ? [] : [errorSnippet(file, name)],
    notes: notesOn(app),
    start: { framework: 'express', path: file.path, app },
  };
}

const importLines = ["import { bulwark, bulwarkErrors, cspReportHandler } from 'bulwark/express';"];

function startLines(name: string, until: string): string[] {
  return [...useLines(name, reportOptions(until)), `${name}.use('/csp-reports', cspReportHandler());`];
}

function errorLine(name: string): string {
  return `${name}.use(bulwarkErrors());`;
}

function errorSnippet({ path }: JavascriptFile, name: string): { title: string; why: string; code: string } {
  return {
    title: 'Answer errors',
    why: `Put it after the last route. ${path} adds routes in more than one function, so init can't tell which is the last.`,
    code: `import { bulwarkErrors } from 'bulwark/express';\n\n${errorLine(name)}`,
  };
}

export function notFound(count: number, call: string): string {
  return count === 0
    ? `No variable that holds \`${call}\` was found. Put it after the line that creates the application.`
    : `${count} variables hold \`${call}\`, so init can't tell which one serves requests.`;
}

/** The statement behind which errors are handled: the last that registers something, or the creation itself if nothing does. */
function lastRegistration(app: CreatedApp): Node | undefined {
  const { file } = app;
  const registrations = file.nodes.filter((node) => isRegistration(node, app.name));
  const functions = new Set(registrations.map((node) => functionAround(file, node)));
  if (functions.size > 1) return undefined;
  const [around = app.scope] = functions;
  const body =
    around.type === 'Program'
      ? around
      : file.nodes.find((node) => file.parents.get(node) === around && node.type === 'BlockStatement');
  return registrations
    .map((node) => topStatement(file, node, body))
    .reduce<Node | undefined>(
      (last, node) => (node && (!last || node.end > last.end) ? node : last),
      app.statement,
    );
}

function topStatement(file: JavascriptFile, node: Node, body: Node | undefined): Node | undefined {
  let at = statementOf(file, node);
  for (
    let around = at && file.parents.get(at);
    at && around && around !== body;
    around = at && file.parents.get(at)
  )
    at = around;
  return at;
}

const methods = /^(?:use|all|route|param|get|head|post|put|patch|delete|options|del)$/;

function isRegistration(node: Node, name: string): boolean {
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  if (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    callee.property.type === 'Identifier'
  ) {
    // `app.get('title')` reads a setting.
    const isSetting = callee.property.name === 'get' && node.arguments.length === 1;
    if (callee.object.name === name) return methods.test(callee.property.name) && !isSetting;
    if (/^(?:createServer|listen|log|exports)$/.test(callee.property.name)) return false;
  }
  if (callee.type === 'Identifier' && /^(?:createServer|request|supertest|serverless)$/.test(callee.name))
    return false;
  return node.arguments.some((argument) => argument.type === 'Identifier' && argument.name === name);
}

function notesOn({ file, name }: CreatedApp): string[] {
  const remarks = file.nodes.flatMap((node) => {
    const text = remarkOn(node, name);
    return text === undefined ? [] : [{ node, text }];
  });
  const line = (node: Node): number => file.text.slice(0, node.start).split('\n').length;
  return remarks.slice(0, mostRemarks).map(({ node, text }) => `${file.path}:${line(node)} ${text}`);
}

const mostRemarks = 50;

function remarkOn(node: Node, name: string): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return undefined;
  const { object, property } = node.callee;
  if (object.type !== 'Identifier' || object.name !== name || property.type !== 'Identifier')
    return undefined;
  const [first] = node.arguments;
  if (property.name === 'set' && first?.type === 'Literal' && first.value === 'trust proxy')
    return "trusts proxies. Bulwark doesn't read that setting: tell it how many there are, with trustedProxies.";
  if (property.name !== 'use') return undefined;
  if (node.arguments.some((one) => 'params' in one && one.params.length === 4))
    return 'has its own error handler, which still answers errors, refusals included. Remove it to let bulwarkErrors() answer them.';
  return first?.type === 'CallExpression' &&
    first.callee.type === 'Identifier' &&
    first.callee.name === 'helmet'
    ? 'uses helmet, whose headers take precedence. `bulwark codemod helmet` replaces it.'
    : undefined;
}
