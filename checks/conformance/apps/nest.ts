import 'reflect-metadata';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  Redirect,
  Render,
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
  RouteCsp,
  RouteHeaders,
  RouteRateLimit,
  Upload,
} from '../../../lib/nest/index.ts';
import type { Session } from '../../../lib/session/index.ts';
import { context, contextAfter } from '../world/request-context.ts';
import { thrown } from '../world/thrown.ts';
import * as given from '../world/world.ts';

type Decorator = (target: never, name: never, descriptor: never) => unknown;
type Parameter = (target: object, name: string, index: number) => void;

/** What TypeScript makes of decorators: this project erases types only. */
function route(
  controller: Type,
  name: string,
  decorators: readonly Decorator[],
  ...parameters: Parameter[]
): void {
  const { prototype } = controller as { prototype: object };
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name) as PropertyDescriptor;
  for (const [index, parameter] of parameters.entries()) parameter(prototype, name, index);
  for (const decorator of [...decorators].reverse())
    decorator(prototype as never, name as never, descriptor as never);
}

/** The reply of either platform. */
interface Reply {
  header(name: string, value: string | string[]): Reply;
  status(code: number): Reply;
  send(body?: string): unknown;
  /** Of Express. */
  append?(name: string, value: string): Reply;
}

function addCookie(reply: Reply, line: string): void {
  if (reply.append) reply.append('Set-Cookie', line);
  else reply.header('Set-Cookie', line);
}

const text = Header('Content-Type', 'text/plain; charset=utf-8');
const page = Header('Content-Type', 'text/html; charset=utf-8');
const passthrough = Res({ passthrough: true });

export function controllersFor(world: given.World, hasSessions: boolean): Type[] {
  const controllers = [pages(), errors(world), streams(world), bodies(world), routes(world)];
  return hasSessions ? [...controllers, sessions()] : controllers;
}

function pages(): Type {
  class Pages {
    page(name = 'nobody'): object {
      return { name };
    }
    json(): object {
      return { ok: true };
    }
    redirect(): void {}
    gone(): string {
      return 'gone';
    }
    cookies(reply: Reply): string {
      addCookie(reply, 'a=1');
      addCookie(reply, 'b=2');
      return 'cookies';
    }
    style(): string {
      return 'p{}';
    }
    etag(reply: Reply, request: { readonly headers: IncomingMessage['headers'] }): object | undefined {
      reply.header('ETag', '"v1"');
      if (request.headers['if-none-match'] !== '"v1"') return { name: 'nobody' };
      reply.status(304).send();
      return undefined;
    }
    widget(): string {
      return 'widget';
    }
    cached(name = 'nobody'): object {
      return { name };
    }
    map(name = 'nobody'): object {
      return { name };
    }
    none(name = 'nobody'): object {
      return { name };
    }
    reportOnly(name = 'nobody'): object {
      return { name };
    }
    root(): string {
      return 'hello';
    }
  }
  Controller()(Pages);
  const view = Render('page.ejs');
  const name = Query('name') as Parameter;
  route(Pages, 'root', [Get('/'), text]);
  route(Pages, 'page', [Get('page'), view], name);
  route(Pages, 'json', [Get('json')]);
  route(Pages, 'redirect', [Get('redirect'), Redirect('/page', 302)]);
  route(Pages, 'gone', [Get('gone'), HttpCode(410), text]);
  route(Pages, 'cookies', [Get('cookies'), text], passthrough as Parameter);
  route(
    Pages,
    'cached',
    [
      Get('cached'),
      Header('Cache-Control', 'public, max-age=60'),
      Header('CDN-Cache-Control', 'max-age=60'),
      view,
    ],
    name,
  );
  route(Pages, 'style', [
    Get('style.css'),
    Header('Cache-Control', 'public, max-age=60'),
    Header('Content-Type', 'text/css; charset=utf-8'),
  ]);
  route(Pages, 'etag', [Get('etag'), view], passthrough as Parameter, Req() as Parameter);
  route(
    Pages,
    'map',
    [Get('csp/map'), RouteCsp({ extend: { 'frame-src': ['https://maps.example'] } }), view],
    name,
  );
  route(Pages, 'none', [Get('csp/none'), RouteCsp(false), view], name);
  route(Pages, 'reportOnly', [Get('csp/report-only'), RouteCsp({ reportOnly: true }), view], name);
  route(Pages, 'widget', [Get('widget'), RouteHeaders(given.widgetHeaders), text]);
  return Pages;
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
  route(Errors, 'throw', [Get('throw/:what')], Param('what') as Parameter);
  route(Errors, 'reject', [Get('reject/:what')], Param('what') as Parameter);
  route(Errors, 'failing', [Get('failing')], passthrough as Parameter);
  route(Errors, 'late', [Get('late'), text], Res() as Parameter);
  route(Errors, 'log', [Get('log')]);
  route(Errors, 'events', [Get('events')]);
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
  route(Streams, 'stream', [Get('stream')]);
  route(Streams, 'broken', [Get('broken-stream')]);
  route(Streams, 'endless', [Get('endless')]);
  route(Streams, 'open', [Get('open')]);
  route(Streams, 'slow', [Get('slow'), text]);
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
    context(): object {
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
  const body = Body() as Parameter;
  const ok = HttpCode(200);
  route(Bodies, 'json', [Post('json'), ok, Json()], body);
  route(Bodies, 'order', [Post('order'), ok, Json({ schema: given.orderSchema })], body);
  route(Bodies, 'form', [Post('form'), ok, Form()], body);
  route(Bodies, 'context', [Post('context-body'), ok, Json()]);
  route(Bodies, 'upload', [Post('upload'), ok, Upload(world.uploads)], body);
  route(Bodies, 'raw', [Post('raw'), ok], Req() as Parameter);
  return Bodies;
}

function routes(world: given.World): Type {
  class Routes {
    user(): object {
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
  route(Routes, 'user', [Get('users/:id')]);
  route(Routes, 'context', [Get('context/:how')], Param('how') as Parameter);
  route(Routes, 'shared', [Get('shared/data'), RouteCors(given.sharedCors)]);
  route(Routes, 'limited', [Get('limited'), RouteRateLimit(world.limiter), text]);
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
  route(Sessions, 'session', [Get('session')], session);
  route(Sessions, 'logIn', [Post('log-in'), ok, text], session);
  route(Sessions, 'name', [Post('name'), ok, text], session, passthrough as Parameter);
  route(Sessions, 'logOut', [Post('log-out'), ok, text], session);
  route(Sessions, 'form', [Get('form'), page], Req() as Parameter);
  route(Sessions, 'token', [Get('token'), text], Req() as Parameter);
  route(Sessions, 'transfer', [Post('transfer'), ok, text, Form()]);
  return Sessions;
}
