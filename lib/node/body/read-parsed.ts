import type { IncomingMessage } from 'node:http';
import { enforce } from '../../internal/refuse.ts';
import type { FormOptions } from '../../parse/form/form-options.ts';
import type { FormFields } from '../../parse/form/form-value.ts';
import type { JsonOptions } from '../../parse/json/json-options.ts';
import { type BodyReader, formReader, jsonReader } from '../../web/body-reader.ts';
import { judgeBodyType } from '../../web/judge-body-type.ts';
import { judgeFields } from './field-limits.ts';
import { readBody } from './read-body.ts';

/**
 * Reads and parses a request's JSON body, as `parseJson` does. A body of another type, a compressed one, and one in another charset than
 * UTF-8 are refused.
 *
 * @param options those of `parseJson`; `maxBytes` is 100,000 by default
 * @throws Refusal `request/unsupported-body`, `request/body-too-large`, those of the option `limits` of `bulwark()`, and what `parseJson`
 * throws
 *
 * @example
 * ```ts
 * import type { IncomingMessage } from 'node:http';
 * import { readJson } from 'bulwark/node';
 * import { z } from 'zod';
 *
 * const schema = z.object({ price: z.number(), count: z.number() });
 *
 * export async function total(req: IncomingMessage): Promise<number> {
 *   const { price, count } = await readJson(req, { schema });
 *   return price * count;
 * }
 * ```
 */
export async function readJson<T = unknown>(req: IncomingMessage, options: JsonOptions<T> = {}): Promise<T> {
  return judgeFields(req, await readParsed(req, jsonReader(options)));
}

/**
 * Reads and parses a request's form, `application/x-www-form-urlencoded`, as `parseForm` does.
 *
 * @param options those of `parseForm`; `maxBytes` is 100,000 by default
 * @throws Refusal `request/unsupported-body`, `request/body-too-large`, those of the option `limits` of `bulwark()`, and what `parseForm`
 * throws
 */
export async function readForm<T = FormFields>(
  req: IncomingMessage,
  options: FormOptions<T> = {},
): Promise<T> {
  return judgeFields(req, await readParsed(req, formReader(options)));
}

/** Without the limits of `bulwark()`: they judge what is put into `req.body`. */
export async function readParsed<T>(req: IncomingMessage, reader: BodyReader<T>): Promise<T> {
  enforce(judgeBodyType(req, reader.type));
  return reader.parse(await readBody(req, reader.maxBytes));
}
