import type { RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import * as onExpress from 'bulwark/express';
import { html, render } from 'bulwark/html';
import * as onNode from 'bulwark/node';
import type { Sessions } from 'bulwark/session';
import * as onWeb from 'bulwark/web';
import type express5 from 'express';

export interface Data {
  readonly cart: string;
}
/** The options that all adapters share. */
export type Options = Pick<
  onNode.BulwarkOptions,
  'origin' | 'cors' | 'rateLimit' | 'csrf' | 'trustedProxies' | 'maxBodyBytes'
>;
export type Shop = (own: Sessions<Data>, options: Options) => RequestListener;

const field = (form: string): string => new URLSearchParams(form).get('cart') ?? '';
const onError = (): void => {};

/** The same shop on each: a page with a form, a log-in and a cart. */
export const onNodeHttp: Shop = (session, options) =>
  onNode.bulwark({ session, onError, ...options }, async (req, res) => {
    const own = session.of(req);
    if (req.method === 'GET') {
      res.end(req.url === '/form' ? render(onNode.csrfField(html, req)) : `${own.user} ${own.data.cart}`);
      return;
    }
    const form = await text(req);
    if (req.url === '/log-in') await own.logIn('anna');
    else await own.set({ cart: field(form) });
    res.end('done');
  });

export const inExpress =
  (make: typeof express5): Shop =>
  (session, options) => {
    const app = make().use(onExpress.bulwark({ session, ...options }));
    app.use(make.urlencoded({ extended: false }));
    app.get('/form', (req, res) => void res.send(render(onExpress.csrfField(html, req))));
    app.get('/', (req, res) => void res.send(`${session.of(req).user} ${session.of(req).data.cart}`));
    app.post('/log-in', (req, res, next) => {
      session
        .of(req)
        .logIn('anna')
        .then(() => res.send('done'), next);
    });
    app.post('/cart', (req, res, next) => {
      session
        .of(req)
        .set({ cart: req.body.cart })
        .then(() => res.send('done'), next);
    });
    return app.use(onExpress.bulwarkErrors({ onError }));
  };

export const onWebRequests: Shop = (session, options) => {
  const { maxBodyBytes, ...rest } = options;
  const app = onWeb.bulwark(
    { session, onError, ...rest, maxBodyBytes: maxBodyBytes as number },
    async (req) => {
      const own = session.of(req);
      const { pathname } = new URL(req.url);
      if (req.method === 'GET') {
        return new Response(
          pathname === '/form' ? render(onWeb.csrfField(html, req)) : `${own.user} ${own.data.cart}`,
        );
      }
      const form = await req.text();
      if (pathname === '/log-in') await own.logIn('anna');
      else await own.set({ cart: field(form) });
      return new Response('done');
    },
  );
  return async (req, res) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(req.headers)) headers.set(name, String(value));
    const body = req.method === 'GET' || req.method === 'OPTIONS' ? null : Readable.toWeb(req);
    const init = { method: req.method, headers, body, duplex: 'half' } as unknown as RequestInit;
    const response = await app(new Request(`http://${req.headers.host}${req.url}`, init), {
      remote: req.socket.remoteAddress,
    });
    res.writeHead(response.status, [...response.headers].flat());
    res.end(await response.text());
  };
};
