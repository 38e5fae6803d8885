import { type App, sessionSource } from './app.ts';

export function nestApp(version: string, platform: 'express' | 'fastify'): App {
  const parts = ['common', 'core', `platform-${platform}`].map((part) => `@nestjs/${part}@${version}`);
  const adapter =
    platform === 'fastify'
      ? "import { FastifyAdapter as Platform } from '@nestjs/platform-fastify';"
      : "import { ExpressAdapter as Platform } from '@nestjs/platform-express';";
  return {
    packages: [...parts, 'reflect-metadata@0.2.2', 'rxjs@7.8.2'],
    compiler: { decorators: true },
    files: {
      'session.ts': sessionSource,
      'main.ts': `
import 'reflect-metadata';
import { Controller, Get, Header, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
${adapter}
import { BulwarkModule, CurrentSession, defendServer, Nonce, RouteCsp } from 'bulwark/nest';
import type { RegisteredSession } from 'bulwark/session';
import { keys, session } from './session.js';

@Controller()
class ShopController {
  @Get()
  @Header('Content-Type', 'text/html')
  @RouteCsp({ extend: { 'img-src': ['https://pictures.example.com'] } })
  show(@Nonce() nonce: string): string {
    return \`<!doctype html><script nonce="\${nonce}">1</script>\`;
  }

  @Get('fails')
  fail(): never {
    throw new Error('a secret sentence');
  }

  @Post('cart')
  async add(@CurrentSession() own: RegisteredSession): Promise<string> {
    await own.set({ cart: 'lamp' });
    return 'saved';
  }
}

@Module({ imports: [BulwarkModule.forRoot({ session, csrf: { keys } })], controllers: [ShopController] })
class AppModule {}

async function main(): Promise<void> {
  const app = await NestFactory.create(AppModule, new Platform(), { logger: false });
  defendServer(app.getHttpServer());
  await app.listen(Number(process.env['PORT']), '127.0.0.1');
}
void main();
`,
    },
    mistake:
      "import { BulwarkModule } from 'bulwark/nest';\nBulwarkModule.forRoot({ trustedProxies: 'all' });\n",
  };
}
