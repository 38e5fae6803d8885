import { csp } from 'bulwark/csp';
import { securityHeaders } from 'bulwark/headers';
import { render, renderToStream } from 'bulwark/html';
import { currentRequest, withRequest } from 'bulwark/request';
import fastify, { type FastifyInstance } from 'fastify';
import { greeting, report } from './pages.ts';

const policy = csp();
const headers = securityHeaders();
const htmlType = 'text/html; charset=utf-8';

export function fastifyApp(rows: () => AsyncIterable<string>): FastifyInstance {
  const app = fastify();
  app.addHook('onRequest', (request, reply, done) => {
    withRequest({ method: request.method, route: request.routeOptions.url }, () => {
      for (const [name, value] of headers) reply.header(name, value);
      for (const [name, value] of policy.headers(currentRequest()?.nonce)) reply.header(name, value);
      done();
    });
  });
  // Not as a Response: Fastify itself answers HEAD with 500 then.
  app.get<{ Params: { name: string } }>('/hello/:name', (request, reply) =>
    reply.type(htmlType).send(render(greeting(request.params.name))),
  );
  app.get('/report', (_request, reply) => reply.type(htmlType).send(renderToStream(report(rows()))));
  return app;
}
