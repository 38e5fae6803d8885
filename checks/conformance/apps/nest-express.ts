import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { BulwarkModule, cspReportHandler, defendServer, staticFiles } from '../../../lib/nest/index.ts';
import type { ConformanceApp } from '../contract.ts';
import * as given from '../world/world.ts';
import { controllersFor } from './nest.ts';

export const app: ConformanceApp = {
  async start(options) {
    const world = given.worldOf(options);
    class Site {}
    Module({
      imports: [BulwarkModule.forRoot({ ...world.options, onError: world.onError })],
      controllers: controllersFor(world, options.session !== undefined),
    })(Site);
    const site = await NestFactory.create<NestExpressApplication>(Site, {
      ...{ bodyParser: false, logger: false, abortOnError: false, forceCloseConnections: true },
    });
    site.setBaseViewsDir(given.views).setViewEngine('ejs');
    site.use('/csp-reports', cspReportHandler());
    site.use('/assets', staticFiles(given.assets));
    defendServer(site.getHttpServer());
    await site.listen(0, '127.0.0.1');
    return {
      url: await site.getUrl(),
      async close() {
        await site.close();
        await world.close();
      },
    };
  },
};
