import type { FastifyReply, FastifyRequest } from 'fastify';
import { thrownError } from '../errors/thrown-error.ts';
import { enforce } from '../internal/refuse.ts';
import type { FormOptions } from '../parse/form/form-options.ts';
import type { FormFields } from '../parse/form/form-value.ts';
import type { JsonOptions } from '../parse/json/json-options.ts';
import { judgeAnnouncedBody } from '../request/announced-body.ts';
import type { Received } from '../upload/received.ts';
import type { Uploads } from '../upload/uploads.ts';
import type { FileFields } from '../upload/uploads-options.ts';
import { type BodyReader, formReader, jsonReader } from '../web/body-reader.ts';
import { type BodyType, hasBody, isOfType, judgeBodyType } from '../web/judge-body-type.ts';
import { askReader } from './body-reading.ts';

type Done = (error?: Error) => void;

/** A request of any of Fastify's servers whose body has this type. */
// biome-ignore lint/suspicious/noExplicitAny: any server, schema and logger.
export type RequestWith<T> = FastifyRequest<{ Body: T }, any, any, any, any, any, any>;
// biome-ignore lint/suspicious/noExplicitAny: any server, schema and logger.
type AnyReply<T> = FastifyReply<{ Body: T }, any, any, any, any, any, any>;

/** A `preParsing` hook that types `request.body` of its route. */
export type BodyHook<T> = (request: RequestWith<T>, reply: AnyReply<T>, payload: unknown, done: Done) => void;

/** A `preHandler` hook that types `request.body` of its route. */
export type UploadHook<T> = (request: RequestWith<T>, reply: AnyReply<T>, done: Done) => void;

/**
 * Parses the JSON body of a route, as `parseJson` does: within limits, without prototype pollution and duplicate keys, validated and typed by
 * `schema`. Without this hook, `bulwark` parses JSON by the defaults of `parseJson`, up to Fastify's `bodyLimit`.
 *
 * Without a schema, a request with another body goes to its own parser. With one, it is refused: the handler relies on it.
 *
 * @param options those of `parseJson`; `maxBytes` is 100,000 by default
 * @throws Misuse `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { bulwark, json } from 'bulwark/fastify';
 * import fastify from 'fastify';
 * import { z } from 'zod';
 *
 * const app = fastify();
 * await app.register(bulwark);
 * const order = json({ schema: z.object({ product: z.number() }) });
 * app.post('/orders', { preParsing: order }, (request) => {
 *   return { ordered: request.body.product }; // a number
 * });
 * ```
 */
export function json<T = unknown>(options: JsonOptions<T> = {}): BodyHook<T> {
  return bodyHook(jsonReader(options));
}

/**
 * Parses the form of a route, `application/x-www-form-urlencoded`, as `parseForm` does. Another body is treated as with `json`. Without
 * this hook, `bulwark` parses forms in which each field occurs once.
 *
 * @param options those of `parseForm`; `maxBytes` is 100,000 by default
 * @throws Misuse `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { bulwark, form } from 'bulwark/fastify';
 * import fastify from 'fastify';
 *
 * const app = fastify();
 * await app.register(bulwark);
 * app.post('/search', { preParsing: form({ lists: ['tag'] }) }, (request) => {
 *   return request.body; // q=mouse&tag=new&tag=sale: { q: 'mouse', tag: ['new', 'sale'] }
 * });
 * ```
 */
export function form<T = FormFields>(options: FormOptions<T> = {}): BodyHook<T> {
  return bodyHook(formReader(options));
}

/**
 * Receives a form with files into `request.body`: its `fields`, and its `files` by field. They are stored by then, or the request is refused. Put
 * it behind the hooks that decide who may send files.
 *
 * @param uploads what `uploads()` of bulwark/upload made
 *
 * @example
 * ```ts
 * import { bulwark, upload } from 'bulwark/fastify';
 * import { uploads } from 'bulwark/upload';
 * import { diskStore } from 'bulwark/upload/disk';
 * import fastify from 'fastify';
 *
 * const documents = uploads({
 *   store: diskStore({ folder: '/var/lib/shop/uploads' }),
 *   files: { contract: { types: ['application/pdf'], required: true } },
 * });
 * const app = fastify();
 * await app.register(bulwark);
 * app.post('/contracts', { preHandler: upload(documents) }, (request) => {
 *   return { id: request.body.files.contract.id };
 * });
 * ```
 */
export function upload<F extends FileFields>(uploads: Uploads<F>): UploadHook<Received<F>> {
  return function receiveUpload(request, _reply, done) {
    // Another body was read by its own parser.
    if (request.body !== undefined) enforce(judgeBodyType(request.raw, multipartBody));
    uploads
      .receive(request.raw)
      .then((received) => {
        request.body = received;
      })
      // In a turn of its own, so that what `done` throws is no rejection of this promise.
      .then(
        () => process.nextTick(done),
        (error: unknown) => process.nextTick(done, thrownError(error)),
      );
  };
}

function bodyHook<T>(reader: BodyReader<T>): BodyHook<T> {
  return function readBodyAs({ raw }, _reply, _payload, done) {
    if (reader.required || (hasBody(raw) && isOfType(raw, reader.type))) {
      enforce(judgeBodyType(raw, reader.type));
      enforce(judgeAnnouncedBody(raw.headers['content-length'], reader.maxBytes));
      askReader({ raw }, reader);
    }
    done();
  };
}

const multipartBody: BodyType = { accepts: 'multipart/form-data', pattern: /^multipart\/form-data$/i };
