import { bulwark, bulwarkErrors } from 'bulwark/express';
import { sendHtml } from 'bulwark/html';
import express, { type Express } from 'express';
import { greeting, report } from './pages.ts';

/** Express 4 and 5. */
export function expressApp(rows: () => AsyncIterable<string>, create: typeof express = express): Express {
  const app = create();
  app.use(bulwark());
  app.get('/hello/:name', (req, res, next) => {
    sendHtml(res, greeting(req.params.name)).catch(next);
  });
  app.get('/report', (_req, res, next) => {
    sendHtml(res, report(rows())).catch(next);
  });
  app.use(bulwarkErrors());
  return app;
}
