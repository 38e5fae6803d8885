import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { csrfToken, defendServer, staticFiles } from 'bulwark/nest';
import type { NextFunction, Request, Response } from 'express';
import { DeskModule } from './defended/desk.module.ts';

const app = await NestFactory.create<NestExpressApplication>(DeskModule, {
  bodyParser: false,
  logger: ['error', 'warn'],
});
app.setBaseViewsDir(fileURLToPath(new URL('defended/views', import.meta.url)));
app.setViewEngine('ejs');
app.use('/assets', staticFiles(fileURLToPath(new URL('public', import.meta.url))));
app.use((req: Request, res: Response, next: NextFunction) => {
  res.locals['csrfToken'] = () => csrfToken(req); // for the forms of the templates
  next();
});
defendServer(app.getHttpServer());
await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1');
console.log(`listening on ${await app.getUrl()}`);
