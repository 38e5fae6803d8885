import { bulwark, bulwarkErrors } from 'bulwark/hono';
import { htmlResponse } from 'bulwark/html';
import { Hono } from 'hono';
import { greeting, report } from './pages.ts';

export function honoApp(rows: () => AsyncIterable<string>): Hono {
  const app = new Hono();
  app.use(bulwark());
  app.onError(bulwarkErrors());
  app.get('/hello/:name', (ctx) => htmlResponse(greeting(ctx.req.param('name'))));
  app.get('/report', () => htmlResponse(report(rows())));
  return app;
}
