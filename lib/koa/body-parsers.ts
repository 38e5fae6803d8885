import type { DefaultContext, DefaultState, Middleware } from 'koa';
import { readParsed } from '../node/body/read-parsed.ts';
import type { FormOptions } from '../parse/form/form-options.ts';
import type { FormFields } from '../parse/form/form-value.ts';
import type { JsonOptions } from '../parse/json/json-options.ts';
import type { Received } from '../upload/received.ts';
import type { Uploads } from '../upload/uploads.ts';
import type { FileFields } from '../upload/uploads-options.ts';
import { type BodyReader, formReader, jsonReader } from '../web/body-reader.ts';
import { hasBody, isOfType } from '../web/judge-body-type.ts';
import type { KoaContext } from './koa-context.ts';

/** A middleware that sets `ctx.request.body`, and types it for the handlers behind it on the same route. */
export type BodyParser<T> = Middleware<DefaultState, DefaultContext & { request: { body: T } }>;

/**
 * Parses JSON bodies into `ctx.request.body`, as `parseJson` does: within limits, without prototype pollution and duplicate keys, validated and
 * typed by `schema`.
 *
 * Without a schema, a request with another body passes and has no `ctx.request.body`. With one, it is refused: the handler relies on it.
 *
 * @param options those of `parseJson`; `maxBytes` is 100,000 by default
 * @throws Misuse `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import Router from '@koa/router';
 * import { bulwark, json } from 'bulwark/koa';
 * import Koa from 'koa';
 * import { z } from 'zod';
 *
 * const router = new Router();
 * router.post('/orders', json({ schema: z.object({ product: z.number() }) }), (ctx) => {
 *   ctx.body = { ordered: ctx.request.body.product }; // a number
 * });
 * new Koa().use(bulwark()).use(router.routes());
 * ```
 */
export function json<T = unknown>(options: JsonOptions<T> = {}): BodyParser<T> {
  return bodyParser(jsonReader(options));
}

/**
 * Parses forms, `application/x-www-form-urlencoded`, into `ctx.request.body`, as `parseForm` does. Another body passes or is refused as with
 * `json`.
 *
 * @param options those of `parseForm`; `maxBytes` is 100,000 by default
 * @throws Misuse `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import Router from '@koa/router';
 * import { bulwark, form } from 'bulwark/koa';
 * import Koa from 'koa';
 *
 * const router = new Router();
 * router.post('/search', form({ lists: ['tag'] }), (ctx) => {
 *   ctx.body = ctx.request.body; // q=mouse&tag=new&tag=sale: { q: 'mouse', tag: ['new', 'sale'] }
 * });
 * new Koa().use(bulwark()).use(router.routes());
 * ```
 */
export function form<T = FormFields>(options: FormOptions<T> = {}): BodyParser<T> {
  return bodyParser(formReader(options));
}

/**
 * Receives a form with files into `ctx.request.body`: its `fields`, and its `files` by field. They are stored by then, or the request is
 * refused. Put it behind the middleware that decides who may send files.
 *
 * @param uploads what `uploads()` of bulwark/upload made
 *
 * @example
 * ```ts
 * import Router from '@koa/router';
 * import { bulwark, upload } from 'bulwark/koa';
 * import { uploads } from 'bulwark/upload';
 * import { diskStore } from 'bulwark/upload/disk';
 * import Koa from 'koa';
 *
 * const documents = uploads({
 *   store: diskStore({ folder: '/var/lib/shop/uploads' }),
 *   files: { contract: { types: ['application/pdf'], required: true } },
 * });
 * const router = new Router();
 * router.post('/contracts', upload(documents), (ctx) => {
 *   ctx.body = { id: ctx.request.body.files.contract.id };
 * });
 * new Koa().use(bulwark()).use(router.routes());
 * ```
 */
export function upload<F extends FileFields>(uploads: Uploads<F>): BodyParser<Received<F>> {
  return parser((ctx) => uploads.receive(ctx.req));
}

function bodyParser<T>(reader: BodyReader<T>): BodyParser<T> {
  return parser(async ({ req }) => {
    const isOther = !hasBody(req) || !isOfType(req, reader.type);
    return isOther && !reader.required ? undefined : readParsed(req, reader);
  });
}

function parser<T>(read: (ctx: KoaContext) => Promise<T | undefined>): BodyParser<T> {
  return async function bodyMiddleware(ctx, next) {
    const body = await read(ctx);
    // The limits of `bulwark()` judge it here, and throw.
    if (body !== undefined) ctx.request.body = body;
    await next();
  };
}
