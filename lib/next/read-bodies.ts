import { enforce } from '../internal/refuse.ts';
import type { FormOptions } from '../parse/form/form-options.ts';
import type { FormFields } from '../parse/form/form-value.ts';
import type { JsonOptions } from '../parse/json/json-options.ts';
import { readForm, readJson } from '../web/read-parsed.ts';
import { currentLimits } from './current-session.ts';

/**
 * Reads and parses a request's JSON body, as `parseJson` does. Inside `withBulwark`, its `limits` hold for fields and depth.
 *
 * @param options those of `parseJson`; `maxBytes` is 100,000 by default
 * @throws Refusal `request/unsupported-body`, `request/body-too-large`, `limits/too-many-fields`, `limits/too-deep`, and what `parseJson`
 * throws
 *
 * @example
 * ```ts
 * import { json, withBulwark } from 'bulwark/next';
 * import { z } from 'zod';
 *
 * const order = z.object({ product: z.number() });
 *
 * export const POST = withBulwark(async (request) => {
 *   const { product } = await json(request, { schema: order }); // a number
 *   return Response.json({ ordered: product });
 * }, {});
 * ```
 */
export async function json<T = unknown>(request: Request, options: JsonOptions<T> = {}): Promise<T> {
  return judged(await readJson(request, options));
}

/**
 * Reads and parses a request's form, `application/x-www-form-urlencoded`, as `parseForm` does. Inside `withBulwark`, its `limits` hold.
 *
 * @param options those of `parseForm`; `maxBytes` is 100,000 by default
 * @throws Refusal `request/unsupported-body`, `request/body-too-large`, `limits/too-many-fields`, and what `parseForm` throws
 *
 * @example
 * ```ts
 * import { form, withBulwark } from 'bulwark/next';
 *
 * export const POST = withBulwark(async (request) => {
 *   return Response.json(await form(request, { lists: ['tag'] })); // q=mouse&tag=new: { q: 'mouse', tag: ['new'] }
 * }, {});
 * ```
 */
export async function form<T = FormFields>(request: Request, options: FormOptions<T> = {}): Promise<T> {
  return judged(await readForm(request, options));
}

/**
 * Takes the files and fields of a form, `multipart/form-data`, as `uploads` says.
 *
 * @throws Refusal as `uploads.receive` does
 *
 * @example
 * ```ts
 * import { upload, withBulwark } from 'bulwark/next';
 * import { uploads } from 'bulwark/upload';
 * import { diskStore } from 'bulwark/upload/disk';
 *
 * const documents = uploads({
 *   store: diskStore({ folder: '/var/lib/shop/uploads' }),
 *   files: { contract: { types: ['application/pdf'], required: true } },
 * });
 *
 * export const POST = withBulwark(async (request) => {
 *   const { files } = await upload(request, documents);
 *   return Response.json({ id: files.contract.id });
 * }, {});
 * ```
 */
export function upload<T>(request: Request, uploads: { receive(request: Request): Promise<T> }): Promise<T> {
  return uploads.receive(request);
}

function judged<T>(body: T): T {
  const limits = currentLimits();
  if (limits) enforce(limits.judgeBody(body));
  return body;
}
