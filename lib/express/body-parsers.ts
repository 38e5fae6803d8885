import type { IncomingMessage, ServerResponse } from 'node:http';
import { thrownError } from '../errors/thrown-error.ts';
import { readParsed } from '../node/body/read-parsed.ts';
import type { FormOptions } from '../parse/form/form-options.ts';
import type { FormFields } from '../parse/form/form-value.ts';
import type { JsonOptions } from '../parse/json/json-options.ts';
import type { Received } from '../upload/received.ts';
import type { Uploads } from '../upload/uploads.ts';
import type { FileFields } from '../upload/uploads-options.ts';
import { type BodyReader, formReader, jsonReader } from '../web/body-reader.ts';
import { hasBody, isOfType } from '../web/judge-body-type.ts';

/** A middleware that sets `req.body`, and types it for the handlers behind it. */
export type BodyParser<T> = (
  req: IncomingMessage & { body: T },
  res: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Parses JSON bodies into `req.body`, as `parseJson` does: within limits, without prototype pollution and duplicate keys, validated and
 * typed by `schema`.
 *
 * Without a schema, a request with another body passes and has no `req.body`. With one, it is refused: the handler relies on it.
 *
 * @param options those of `parseJson`; `maxBytes` is 100,000 by default
 * @throws Misuse `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { bulwark, json } from 'bulwark/express';
 * import express from 'express';
 * import { z } from 'zod';
 *
 * const app = express().use(bulwark());
 * app.post('/orders', json({ schema: z.object({ product: z.number() }) }), (req, res) => {
 *   res.json({ ordered: req.body.product }); // a number
 * });
 * ```
 */
export function json<T = unknown>(options: JsonOptions<T> = {}): BodyParser<T> {
  return bodyParser(jsonReader(options));
}

/**
 * Parses forms, `application/x-www-form-urlencoded`, into `req.body`, as `parseForm` does. Another body passes or is refused as with
 * `json`.
 *
 * @param options those of `parseForm`; `maxBytes` is 100,000 by default
 * @throws Misuse `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { bulwark, form } from 'bulwark/express';
 * import express from 'express';
 *
 * const app = express().use(bulwark());
 * app.post('/search', form({ lists: ['tag'] }), (req, res) => {
 *   res.json(req.body); // q=mouse&tag=new&tag=sale: { q: 'mouse', tag: ['new', 'sale'] }
 * });
 * ```
 */
export function form<T = FormFields>(options: FormOptions<T> = {}): BodyParser<T> {
  return bodyParser(formReader(options));
}

/**
 * Receives a form with files into `req.body`: its `fields`, and its `files` by field. They are stored by then, or the request is refused.
 *
 * @param uploads what `uploads()` of bulwark/upload made
 *
 * @example
 * ```ts
 * import { bulwark, upload } from 'bulwark/express';
 * import { uploads } from 'bulwark/upload';
 * import { diskStore } from 'bulwark/upload/disk';
 * import express from 'express';
 *
 * const documents = uploads({
 *   store: diskStore({ folder: '/var/lib/shop/uploads' }),
 *   files: { contract: { types: ['application/pdf'], required: true } },
 * });
 * const app = express().use(bulwark());
 * app.post('/contracts', upload(documents), (req, res) => {
 *   res.json({ id: req.body.files.contract.id });
 * });
 * ```
 */
export function upload<F extends FileFields>(uploads: Uploads<F>): BodyParser<Received<F>> {
  return parser((req) => uploads.receive(req));
}

function bodyParser<T>(reader: BodyReader<T>): BodyParser<T> {
  return parser(async (req) => {
    const isOther = !hasBody(req) || !isOfType(req, reader.type);
    return isOther && !reader.required ? undefined : readParsed(req, reader);
  });
}

function parser<T>(read: (req: IncomingMessage) => Promise<T | undefined>): BodyParser<T> {
  return function bodyMiddleware(req, _res, next) {
    read(req)
      .then((body) => {
        // The limits of `bulwark()` judge it here, and throw.
        if (body !== undefined) req.body = body;
      })
      // In a turn of its own, so that what `next` throws is no rejection of this promise.
      .then(
        () => process.nextTick(next),
        (error: unknown) => process.nextTick(next, thrownError(error)),
      );
  };
}
