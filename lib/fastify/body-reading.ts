import type { FastifyInstance, FastifyRequest } from 'fastify';
import { enforce } from '../internal/refuse.ts';
import { judgeBodySoFar } from '../request/announced-body.ts';
import { type BodyReader, formReader, jsonReader } from '../web/body-reader.ts';
import { judgeBodyType } from '../web/judge-body-type.ts';
import { inContext } from './fastify-context.ts';

/** The readers that a route asked for with `json()` or `form()`, by request. */
const asked = new WeakMap<object, BodyReader<unknown>>();

export function askReader(request: Pick<FastifyRequest, 'raw'>, reader: BodyReader<unknown>): void {
  asked.set(request.raw, reader);
}

/** Fastify's `bodyLimit` holds before these are called. */
const unlimited = { maxBytes: 500_000_000 };

/**
 * Reads JSON and forms by the parsers of bulwark/parse in place of Fastify's own. They are added by patterns, to which Fastify prefers a parser
 * that the application adds by a media type. Multipart bodies are left for `upload()`.
 */
export function addBodyParsers(instance: FastifyInstance): void {
  if (!hasOwnParser(instance, 'application/json')) {
    instance.removeContentTypeParser('application/json');
    add(instance, /^application\/(?:json|[\w.!#$&^-]+\+json) *(?:;|$)/i, jsonReader(unlimited));
  }
  add(instance, /^application\/x-www-form-urlencoded *(?:;|$)/i, formReader(unlimited));
  if (!instance.hasContentTypeParser(multipart)) {
    instance.addContentTypeParser(multipart, (_request, _payload, done) => done(null));
  }
}

const multipart = /^multipart\/form-data *(?:;|$)/i;

/** Adding a parser replaces Fastify's, and throws where the application has one already. */
function hasOwnParser(instance: FastifyInstance, type: string): boolean {
  try {
    instance.addContentTypeParser(type, (_request, _payload, done) => done(null));
    return false;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'FST_ERR_CTP_ALREADY_PRESENT') return true;
    throw error;
  }
}

function add(instance: FastifyInstance, type: RegExp, usual: BodyReader<unknown>): void {
  if (instance.hasContentTypeParser(type)) return;
  instance.addContentTypeParser(type, { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      // A stream calls this, outside of the request's context. Fastify itself goes back to it for `done`.
      done(
        null,
        inContext(request, () => read(request, bytes as Buffer, asked.get(request.raw) ?? usual)),
      );
    } catch (error) {
      done(error as Error);
    }
  });
}

function read(request: FastifyRequest, bytes: Buffer, reader: BodyReader<unknown>): unknown {
  enforce(judgeBodySoFar(bytes.length, reader.maxBytes));
  // Many clients announce JSON and send none.
  if (bytes.length === 0 && !reader.required) return undefined;
  try {
    return reader.parse(bytes);
  } catch (error) {
    // Only now: a hook may have unpacked it, and left the header.
    enforce(judgeBodyType(request.raw, reader.type));
    throw error;
  }
}
