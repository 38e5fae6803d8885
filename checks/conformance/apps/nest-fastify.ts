import type { Server } from 'node:http';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import ejs from 'ejs';
import { BulwarkModule, cspReportHandler, defendServer, staticFiles } from '../../../lib/nest/index.ts';
import type { AppOptions, ConformanceApp } from '../contract.ts';
import * as given from '../world/world.ts';
import { controllersFor } from './nest.ts';

export const app: ConformanceApp = {
  async start(options) {
    const world = given.worldOf(options);
    const [site, second] = await Promise.all([
      start(siteOf(options, world), new FastifyAdapter({ forceCloseConnections: true })),
      start(
        siteOf(options, world),
        new FastifyAdapter({ http2: true, forceCloseConnections: true } as object),
      ),
    ]);
    return {
      url: await site.getUrl(),
      http2: await second.getUrl(),
      async close() {
        await Promise.all([site.close(), second.close()]);
        await world.close();
      },
    };
  },
};

function siteOf(options: AppOptions, world: given.World): Type {
  class Site {}
  Module({
    imports: [BulwarkModule.forRoot({ ...world.options, onError: world.onError })],
    controllers: controllersFor(world, options.session !== undefined),
  })(Site);
  return Site;
}

async function start(root: Type, adapter: FastifyAdapter): Promise<NestFastifyApplication> {
  const site = await NestFactory.create<NestFastifyApplication>(root, adapter, {
    ...{ bodyParser: false, logger: false, abortOnError: false },
  });
  site.setViewEngine({ engine: { ejs }, root: given.views });
  site.use('/csp-reports', cspReportHandler());
  site.use('/assets', staticFiles(given.assets));
  // For the route that reads its body by itself.
  const instance = site.getHttpAdapter().getInstance();
  instance.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const server: Server = site.getHttpServer();
  // Of HTTP/1.
  if ('headersTimeout' in server) defendServer(server);
  await site.listen(0, '127.0.0.1');
  return site;
}
