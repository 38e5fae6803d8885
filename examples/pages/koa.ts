import { csp } from 'bulwark/csp';
import { securityHeaders } from 'bulwark/headers';
import { sendHtml } from 'bulwark/html';
import { currentRequest, withRequest } from 'bulwark/request';
import Koa from 'koa';
import { greeting, report } from './pages.ts';

const policy = csp();
const headers = securityHeaders();

export function koaApp(rows: () => AsyncIterable<string>): Koa {
  const app = new Koa();
  app.use((ctx, next) =>
    withRequest({ method: ctx.method }, () => {
      for (const [name, value] of headers) ctx.set(name, value);
      for (const [name, value] of policy.headers(currentRequest()?.nonce)) ctx.set(name, value);
      return next();
    }),
  );
  app.use((ctx, next) => {
    const [, name] = /^\/hello\/([^/]+)$/.exec(ctx.path) ?? [];
    if (name === undefined && ctx.path !== '/report') return next();
    ctx.status = 200;
    // Koa is to leave the response alone: the page is streamed into it.
    ctx.respond = false;
    return sendHtml(ctx.res, name === undefined ? report(rows()) : greeting(decodeURIComponent(name)));
  });
  return app;
}
