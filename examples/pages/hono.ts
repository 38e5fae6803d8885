import { csp } from 'bulwark/csp';
import { securityHeaders } from 'bulwark/headers';
import { htmlResponse } from 'bulwark/html';
import { currentRequest, withRequest } from 'bulwark/request';
import { Hono } from 'hono';
import { greeting, report } from './pages.ts';

const policy = csp();
const headers = securityHeaders();

export function honoApp(rows: () => AsyncIterable<string>): Hono {
  const app = new Hono();
  app.use((ctx, next) =>
    withRequest({ method: ctx.req.method }, async () => {
      const nonce = currentRequest()?.nonce;
      await next();
      for (const [name, value] of headers) ctx.header(name, value);
      for (const [name, value] of policy.headers(nonce)) ctx.header(name, value);
    }),
  );
  app.get('/hello/:name', (ctx) => htmlResponse(greeting(ctx.req.param('name'))));
  app.get('/report', () => htmlResponse(report(rows())));
  return app;
}
