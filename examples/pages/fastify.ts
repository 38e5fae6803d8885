import { bulwark } from 'bulwark/fastify';
import { render, renderToStream } from 'bulwark/html';
import fastify, { type FastifyInstance } from 'fastify';
import { greeting, report } from './pages.ts';

const htmlType = 'text/html; charset=utf-8';

export async function fastifyApp(rows: () => AsyncIterable<string>): Promise<FastifyInstance> {
  const app = fastify();
  await app.register(bulwark);
  // Not as a Response: Fastify itself answers HEAD with 500 then.
  app.get<{ Params: { name: string } }>('/hello/:name', (request, reply) =>
    reply.type(htmlType).send(render(greeting(request.params.name))),
  );
  app.get('/report', (_request, reply) => reply.type(htmlType).send(renderToStream(report(rows()))));
  return app;
}
