import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Req,
  Res,
  StreamableFile,
  type Type,
} from '@nestjs/common';
import { html, render } from '../../../lib/html/index.ts';
import {
  CurrentSession,
  csrfField,
  csrfToken,
  Form,
  Json,
  RouteCors,
  RouteRateLimit,
  Upload,
} from '../../../lib/nest/index.ts';
import type { Session } from '../../../lib/session/index.ts';
import { decorate } from '../../nest/nest-app.ts';
import { context, contextAfter } from '../world/request-context.ts';
import { thrown } from '../world/thrown.ts';
import * as given from '../world/world.ts';
import { pages } from './nest-pages.ts';
import { addCookie, page, passthrough, type Reply, text } from './nest-reply.ts';

export function controllersFor(world: given.World, hasSessions: boolean): Type[] {
  const controllers = [pages(), errors(world), streams(world), bodies(world), routes(world)];
  return hasSessions ? [...controllers, sessions()] : controllers;
}

function errors(world: given.World): Type {
  class Errors {
    throw(what: string): never {
      throw thrown(what);
    }
    async reject(what: string): Promise<never> {
      await wait(1);
      throw thrown(what);
    }
    failing(reply: Reply): never {
      for (const [name, value] of Object.entries(given.failingHeaders)) reply.header(name, value);
      addCookie(reply, 'kept=1');
      throw new Error('hunter2');
    }
    async late(reply: Reply): Promise<never> {
      reply.send('late');
      await wait(5);
      throw new Error('hunter2');
    }
    log(): readonly string[] {
      return world.log;
    }
    events(): Promise<readonly object[]> {
      return world.events();
    }
  }
  Controller()(Errors);
  decorate(Errors, 'throw', [Get('throw/:what')], Param('what'));
  decorate(Errors, 'reject', [Get('reject/:what')], Param('what'));
  decorate(Errors, 'failing', [Get('failing')], passthrough);
  decorate(Errors, 'late', [Get('late'), text], Res());
  decorate(Errors, 'log', [Get('log')]);
  decorate(Errors, 'events', [Get('events')]);
  return Errors;
}

function streams(world: given.World): Type {
  const file = (chunks: AsyncGenerator<string>): StreamableFile =>
    new StreamableFile(Readable.from(chunks), { type: 'text/plain; charset=utf-8' });
  class Streams {
    stream(): StreamableFile {
      return file(world.chunks());
    }
    broken(): StreamableFile {
      return file(world.brokenChunks());
    }
    failing(): StreamableFile {
      return file(world.failingChunks());
    }
    endless(): StreamableFile {
      return file(world.endless());
    }
    open(): object {
      return { open: world.open() };
    }
    async slow(): Promise<string> {
      await wait(50);
      return 'slow';
    }
  }
  Controller()(Streams);
  decorate(Streams, 'stream', [Get('stream')]);
  decorate(Streams, 'broken', [Get('broken-stream')]);
  decorate(Streams, 'failing', [Get('failing-stream')]);
  decorate(Streams, 'endless', [Get('endless')]);
  decorate(Streams, 'open', [Get('open')]);
  decorate(Streams, 'slow', [Get('slow'), text]);
  return Streams;
}

interface Uploaded {
  readonly fields: { get(name: string): unknown };
  readonly files: { readonly picture: { readonly name: string; readonly bytes: number } };
}

function bodies(world: given.World): Type {
  class Bodies {
    json(body: unknown): object {
      return { got: body };
    }
    order({ product }: { readonly product: number }): object {
      return { ordered: product };
    }
    form(body: unknown): object {
      return { got: body };
    }
    context(): object | null {
      return context();
    }
    upload({ fields, files: { picture } }: Uploaded): object {
      return { name: picture.name, bytes: picture.bytes, title: fields.get('title') };
    }
    async raw(request: IncomingMessage | { readonly raw: IncomingMessage }): Promise<object> {
      let bytes = 0;
      for await (const chunk of 'raw' in request ? request.raw : request) bytes += chunk.length;
      return { bytes };
    }
  }
  Controller()(Bodies);
  const body = Body();
  const ok = HttpCode(200);
  decorate(Bodies, 'json', [Post('json'), ok, Json()], body);
  decorate(Bodies, 'order', [Post('order'), ok, Json({ schema: given.orderSchema })], body);
  decorate(Bodies, 'form', [Post('form'), ok, Form()], body);
  decorate(Bodies, 'context', [Post('context-body'), ok, Json()]);
  decorate(Bodies, 'upload', [Post('upload'), ok, Upload(world.uploads)], body);
  decorate(Bodies, 'raw', [Post('raw'), ok], Req());
  return Bodies;
}

function routes(world: given.World): Type {
  class Routes {
    user(): object | null {
      return context();
    }
    context(how: string): Promise<object> {
      return contextAfter(how) as Promise<object>;
    }
    shared(): object {
      return { shared: true };
    }
    limited(): string {
      return 'limited';
    }
  }
  Controller()(Routes);
  decorate(Routes, 'user', [Get('users/:id')]);
  decorate(Routes, 'context', [Get('context/:how')], Param('how'));
  decorate(Routes, 'shared', [Get('shared/data'), RouteCors(given.sharedCors)]);
  decorate(Routes, 'limited', [Get('limited'), RouteRateLimit(world.limiter), text]);
  return Routes;
}

function sessions(): Type {
  type Own = Session<{ name: string }>;
  class Sessions {
    session(session: Own): object {
      return given.sessionFacts(session);
    }
    async logIn(session: Own): Promise<string> {
      await session.logIn('ann');
      return 'in';
    }
    async name(session: Own, reply: Reply): Promise<string> {
      await session.set({ name: 'lamp' });
      addCookie(reply, 'theme=dark');
      return 'saved';
    }
    async logOut(session: Own): Promise<string> {
      await session.logOut();
      return 'out';
    }
    form(request: object): string {
      return render(
        html`<!doctype html><form method="post" action="/transfer">${csrfField(html, request)}</form>`,
      );
    }
    token(request: object): string {
      return csrfToken(request);
    }
    transfer(): string {
      return 'done';
    }
  }
  Controller()(Sessions);
  const session = CurrentSession();
  const ok = HttpCode(200);
  decorate(Sessions, 'session', [Get('session')], session);
  decorate(Sessions, 'logIn', [Post('log-in'), ok, text], session);
  decorate(Sessions, 'name', [Post('name'), ok, text], session, passthrough);
  decorate(Sessions, 'logOut', [Post('log-out'), ok, text], session);
  decorate(Sessions, 'form', [Get('form'), page], Req());
  decorate(Sessions, 'token', [Get('token'), text], Req());
  decorate(Sessions, 'transfer', [Post('transfer'), ok, text, Form()]);
  return Sessions;
}
