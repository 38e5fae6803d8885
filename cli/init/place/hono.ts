import { createdApps, mainApp } from './created-app.ts';
import { notFound } from './express.ts';
import { insertAfter } from './insert.ts';
import { edited, type Place, type Placed, shown } from './placed.ts';
import { reportOptions, useLines } from './report-mode.ts';

/** `app.use(bulwark(...))` and `app.onError(bulwarkErrors())` behind the line that creates the application. */
export function placeInHono({ sources, until }: Place): Placed {
  const apps = createdApps(sources, { module: 'hono', names: ['Hono'], by: 'NewExpression' });
  const app = mainApp(apps);
  const name = app?.name ?? 'app';
  const start = [...useLines(name, reportOptions(until)), `${name}.all('/csp-reports', cspReportHandler());`];
  const errors = `${name}.onError(bulwarkErrors());`;
  const code = [
    "import { bulwark, bulwarkErrors, cspReportHandler } from 'bulwark/hono';",
    '',
    ...start,
    errors,
  ];
  if (!app) return shown(notFound(apps.length, 'new Hono()'), code);
  const { file, statement } = app;
  const hasErrors = file.nodes.some(
    (node) =>
      node.type === 'MemberExpression' &&
      node.object.type === 'Identifier' &&
      node.object.name === name &&
      node.property.type === 'Identifier' &&
      node.property.name === 'onError',
  );
  const names = ['bulwark', ...(hasErrors ? [] : ['bulwarkErrors']), 'cspReportHandler'];
  const lines = [...start, ...(hasErrors ? [] : [errors])];
  const after = edited(file, 'bulwark/hono', names, [insertAfter(file, statement, lines)]);
  if (after === undefined) return shown(`${file.path} can't be changed safely.`, code);
  return {
    changes: [{ path: file.path, before: file.text, after }],
    snippets: [],
    notes: hasErrors
      ? [
          `${file.path} has its own error handler, which still answers errors, refusals included. bulwarkErrors() can replace it.`,
        ]
      : [],
    start: { framework: 'hono', path: file.path, app },
  };
}
