import { enforce } from '../internal/refuse.ts';
import type { FormOptions } from '../parse/form/form-options.ts';
import type { FormFields } from '../parse/form/form-value.ts';
import type { JsonOptions } from '../parse/json/json-options.ts';
import { type BodyReader, formReader, jsonReader } from './body-reader.ts';
import { judgeBodyType } from './judge-body-type.ts';
import { readBody } from './read-body.ts';

/**
 * Reads and parses a request's JSON body, as `parseJson` does. A body of another type, a compressed one, and one in another charset than
 * UTF-8 are refused.
 *
 * @param options those of `parseJson`; `maxBytes` is 100,000 by default
 * @throws Refusal `request/unsupported-body`, `request/body-too-large`, and what `parseJson` throws
 *
 * @example
 * ```ts
 * import { readJson } from 'bulwark/web';
 * import { z } from 'zod';
 *
 * const schema = z.object({ price: z.number(), count: z.number() });
 *
 * export async function total(request: Request): Promise<number> {
 *   const { price, count } = await readJson(request, { schema });
 *   return price * count;
 * }
 * ```
 */
export async function readJson<T = unknown>(request: Request, options: JsonOptions<T> = {}): Promise<T> {
  return readParsed(request, jsonReader(options));
}

/**
 * Reads and parses a request's form, `application/x-www-form-urlencoded`, as `parseForm` does.
 *
 * @param options those of `parseForm`; `maxBytes` is 100,000 by default
 * @throws Refusal `request/unsupported-body`, `request/body-too-large`, and what `parseForm` throws
 */
export async function readForm<T = FormFields>(request: Request, options: FormOptions<T> = {}): Promise<T> {
  return readParsed(request, formReader(options));
}

async function readParsed<T>(request: Request, reader: BodyReader<T>): Promise<T> {
  enforce(judgeBodyType(request, reader.type));
  return reader.parse(await readBody(request, reader.maxBytes));
}
