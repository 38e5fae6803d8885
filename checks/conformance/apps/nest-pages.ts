import type { IncomingMessage } from 'node:http';
import { Controller, Get, Header, HttpCode, Query, Redirect, Render, Req, type Type } from '@nestjs/common';
import { RouteCsp, RouteHeaders } from '../../../lib/nest/index.ts';
import { decorate } from '../../nest/nest-app.ts';
import * as given from '../world/world.ts';
import { addCookie, passthrough, type Reply, text } from './nest-reply.ts';

export function pages(): Type {
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
  const name = Query('name');
  decorate(Pages, 'root', [Get('/'), text]);
  decorate(Pages, 'page', [Get('page'), view], name);
  decorate(Pages, 'json', [Get('json')]);
  decorate(Pages, 'redirect', [Get('redirect'), Redirect('/page', 302)]);
  decorate(Pages, 'gone', [Get('gone'), HttpCode(410), text]);
  decorate(Pages, 'cookies', [Get('cookies'), text], passthrough);
  decorate(
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
  decorate(Pages, 'style', [
    Get('style.css'),
    Header('Cache-Control', 'public, max-age=60'),
    Header('Content-Type', 'text/css; charset=utf-8'),
  ]);
  decorate(Pages, 'etag', [Get('etag'), view], passthrough, Req());
  decorate(
    Pages,
    'map',
    [Get('csp/map'), RouteCsp({ extend: { 'frame-src': ['https://maps.example'] } }), view],
    name,
  );
  decorate(Pages, 'none', [Get('csp/none'), RouteCsp(false), view], name);
  decorate(Pages, 'reportOnly', [Get('csp/report-only'), RouteCsp({ reportOnly: true }), view], name);
  decorate(Pages, 'widget', [Get('widget'), RouteHeaders(given.widgetHeaders), text]);
  return Pages;
}
