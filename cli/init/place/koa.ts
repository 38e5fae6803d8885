import { createdApps, mainApp } from './created-app.ts';
import { notFound } from './express.ts';
import { insertAfter } from './insert.ts';
import { edited, type Place, type Placed, shown } from './placed.ts';
import { reportOptions, useLines } from './report-mode.ts';

/** `app.use(bulwark(...))` behind the line that creates the application. It answers errors too. */
export function placeInKoa({ sources, until }: Place): Placed {
  const apps = createdApps(sources, { module: 'koa', names: ['default'], by: 'NewExpression' });
  const app = mainApp(apps);
  const lines = useLines(app?.name ?? 'app', reportOptions(until, false));
  const code = ["import { bulwark } from 'bulwark/koa';", '', ...lines];
  if (!app) return shown(notFound(apps.length, 'new Koa()'), code);
  const { file, statement } = app;
  const after = edited(file, 'bulwark/koa', ['bulwark'], [insertAfter(file, statement, lines)]);
  if (after === undefined) return shown(`${file.path} can't be changed safely.`, code);
  return {
    changes: [{ path: file.path, before: file.text, after }],
    snippets: [reports],
    notes: [],
    start: { framework: 'koa', path: file.path, app },
  };
}

const reports = {
  title: 'Receive CSP reports',
  why: 'Browsers show violations in their console. To get them as events, add the route to your router.',
  code: `import { cspReportHandler } from 'bulwark/koa';

router.all('/csp-reports', cspReportHandler()); // and reportTo: '/csp-reports' in csp`,
};
