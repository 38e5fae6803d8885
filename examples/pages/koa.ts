import { render, renderToStream } from 'bulwark/html';
import { bulwark } from 'bulwark/koa';
import Koa from 'koa';
import { greeting, report } from './pages.ts';

export function koaApp(rows: () => AsyncIterable<string>): Koa {
  const app = new Koa();
  app.use(bulwark());
  app.use(async (ctx, next) => {
    const [, name] = /^\/hello\/([^/]+)$/.exec(ctx.path) ?? [];
    if (name === undefined && ctx.path !== '/report') return next();
    ctx.type = 'html';
    ctx.body =
      name === undefined ? renderToStream(report(rows())) : render(greeting(decodeURIComponent(name)));
  });
  return app;
}
