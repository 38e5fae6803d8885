import type { Context, MiddlewareHandler } from 'hono';
import { enforce } from '../internal/refuse.ts';
import type { FormOptions } from '../parse/form/form-options.ts';
import type { FormFields } from '../parse/form/form-value.ts';
import type { JsonOptions } from '../parse/json/json-options.ts';
import type { Received } from '../upload/received.ts';
import type { Uploads } from '../upload/uploads.ts';
import type { FileFields } from '../upload/uploads-options.ts';
import { type BodyReader, formReader, jsonReader } from '../web/body-reader.ts';
import { hasBody, isOfType, judgeBodyType } from '../web/judge-body-type.ts';
import { begunWith, guardedRequest, isNode } from './begun.ts';
import { readBytes } from './read-bytes.ts';

/** A middleware whose result is `c.req.valid('json')` or `c.req.valid('form')` in the handlers behind it. */
export type BodyParser<Target extends string, T> = MiddlewareHandler<
  // biome-ignore lint/suspicious/noExplicitAny: any environment of the application fits.
  any,
  string,
  { in: { [K in Target]: T }; out: { [K in Target]: T } }
>;

/**
 * Parses JSON bodies, as `parseJson` does: within limits, without prototype pollution and duplicate keys, validated and typed by
 * `schema`. The handler gets the result by `c.req.valid('json')`, as of Hono's own validators.
 *
 * Without a schema, a request with another body passes, and the result is undefined. With one, it is refused: the handler relies on it.
 *
 * @param options those of `parseJson`; `maxBytes` is 100,000 by default
 * @throws Misuse `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { bulwark, json } from 'bulwark/hono';
 * import { Hono } from 'hono';
 * import { z } from 'zod';
 *
 * const app = new Hono().use(bulwark());
 * app.post('/orders', json({ schema: z.object({ product: z.number() }) }), (c) =>
 *   c.json({ ordered: c.req.valid('json').product }), // a number
 * );
 * ```
 */
export function json<T = unknown>(options: JsonOptions<T> = {}): BodyParser<'json', T> {
  return bodyParser('json', jsonReader(options));
}

/**
 * Parses forms, `application/x-www-form-urlencoded`, as `parseForm` does. The handler gets the result by `c.req.valid('form')`. Another
 * body passes or is refused as with `json`.
 *
 * @param options those of `parseForm`; `maxBytes` is 100,000 by default
 * @throws Misuse `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { bulwark, form } from 'bulwark/hono';
 * import { Hono } from 'hono';
 *
 * const app = new Hono().use(bulwark());
 * app.post('/search', form({ lists: ['tag'] }), (c) =>
 *   c.json(c.req.valid('form')), // q=mouse&tag=new&tag=sale: { q: 'mouse', tag: ['new', 'sale'] }
 * );
 * ```
 */
export function form<T = FormFields>(options: FormOptions<T> = {}): BodyParser<'form', T> {
  return bodyParser('form', formReader(options));
}

/**
 * Receives a form with files: `c.req.valid('form')` has its `fields`, and its `files` by field. They are stored by then, or the request
 * is refused.
 *
 * @param uploads what `uploads()` of bulwark/upload made
 *
 * @example
 * ```ts
 * import { bulwark, upload } from 'bulwark/hono';
 * import { uploads } from 'bulwark/upload';
 * import { diskStore } from 'bulwark/upload/disk';
 * import { Hono } from 'hono';
 *
 * const documents = uploads({
 *   store: diskStore({ folder: '/var/lib/shop/uploads' }),
 *   files: { contract: { types: ['application/pdf'], required: true } },
 * });
 * const app = new Hono().use(bulwark());
 * app.post('/contracts', upload(documents), (c) => c.json({ id: c.req.valid('form').files.contract.id }));
 * ```
 */
export function upload<F extends FileFields>(uploads: Uploads<F>): BodyParser<'form', Received<F>> {
  return parser('form', (c) => {
    const begun = begunWith(c, 'upload');
    return uploads.receive(isNode(begun) ? begun.incoming : begun.request);
  });
}

function bodyParser<Target extends 'json' | 'form', T>(
  target: Target,
  reader: BodyReader<T>,
): BodyParser<Target, T> {
  return parser(target, async (c) => {
    const begun = begunWith(c, target);
    const request = guardedRequest(begun);
    if (!reader.required && !(hasBody(request) && isOfType(request, reader.type))) return undefined;
    enforce(judgeBodyType(request, reader.type));
    const parsed = reader.parse(await readBytes(c, reader.maxBytes));
    enforce(begun.judgeBody(parsed));
    return parsed;
  });
}

function parser<Target extends 'json' | 'form', T>(
  target: Target,
  read: (c: Context) => Promise<T | undefined>,
): BodyParser<Target, T> {
  return async function bodyMiddleware(c, next) {
    const body = await read(c);
    if (body !== undefined) c.req.addValidatedData(target, body as object);
    await next();
  };
}
