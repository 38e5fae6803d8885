import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import { DeskModule } from './undefended/desk.module.ts';
import { EveryErrorFilter } from './undefended/every-error.filter.ts';

const app = await NestFactory.create<NestExpressApplication>(DeskModule, { logger: ['warn'] });
app.setBaseViewsDir(fileURLToPath(new URL('undefended/views', import.meta.url)));
app.setViewEngine('ejs');
app.useStaticAssets(fileURLToPath(new URL('public', import.meta.url)), { prefix: '/assets' });
app.use(cookieParser());
app.useGlobalFilters(new EveryErrorFilter());
await app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1');
console.log(`listening on ${await app.getUrl()}`);
