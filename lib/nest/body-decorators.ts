import type { FormOptions } from '../parse/form/form-options.ts';
import type { JsonOptions } from '../parse/json/json-options.ts';
import type { Uploads } from '../upload/uploads.ts';
import type { FileFields } from '../upload/uploads-options.ts';
import { formReader, jsonReader } from '../web/body-reader.ts';
import { decorator, type RouteDecorator } from './route-decorators.ts';

/**
 * Parses the JSON body of a route, as `parseJson` does: within limits, without prototype pollution and duplicate keys, and validated by
 * `schema`. `@Body()` gives it to the handler. Create the application with `bodyParser: false`, so that Nest leaves the body to this.
 *
 * Without a schema, a request with another body has none. With one, it is refused: the handler relies on it.
 *
 * @param options those of `parseJson`; `maxBytes` is 100,000 by default
 * @throws Misuse `bulwark/invalid-option` at startup, also where Nest parses bodies itself
 *
 * @example
 * ```ts
 * import { Json } from 'bulwark/nest';
 * import { z } from 'zod';
 *
 * // @Post('orders') @Json({ schema: order }) place(@Body() body: z.infer<typeof order>) { ... }
 * const order = z.object({ product: z.number() });
 * export const Order = Json({ schema: order });
 * ```
 */
export function Json(options: JsonOptions<unknown> = {}): RouteDecorator {
  jsonReader(options);
  return decorator({ body: { json: options } });
}

/**
 * Parses the form of a route, `application/x-www-form-urlencoded`, as `parseForm` does. Everything else is as with `Json`.
 *
 * @param options those of `parseForm`; `maxBytes` is 100,000 by default
 * @throws Misuse `bulwark/invalid-option` at startup
 *
 * @example
 * ```ts
 * import { Form } from 'bulwark/nest';
 *
 * // @Post('search') @Form({ lists: ['tag'] }) search(@Body() body: object) { ... }
 * export const Search = Form({ lists: ['tag'] }); // q=mouse&tag=new: { q: 'mouse', tag: ['new'] }
 * ```
 */
export function Form(options: FormOptions<unknown> = {}): RouteDecorator {
  formReader(options);
  return decorator({ body: { form: options } });
}

/**
 * Receives a form with files: `@Body()` gives its `fields`, and its `files` by field. They are stored by then, or the request is refused. The
 * application's guards run first, so a request that they refuse stores no file.
 *
 * @param uploads what `uploads()` of bulwark/upload made
 *
 * @example
 * ```ts
 * import { Upload } from 'bulwark/nest';
 * import { type Received, uploads } from 'bulwark/upload';
 * import { diskStore } from 'bulwark/upload/disk';
 *
 * const files = { contract: { types: ['application/pdf'], required: true } } as const;
 * const documents = uploads({ store: diskStore({ folder: '/var/lib/shop/uploads' }), files });
 *
 * // @Post('contracts') @Contracts add(@Body() body: Body) { return { id: body.files.contract.id }; }
 * export const Contracts = Upload(documents);
 * export type Body = Received<typeof files>;
 * ```
 */
export function Upload<F extends FileFields>(uploads: Uploads<F>): RouteDecorator {
  return decorator({ body: { upload: uploads as unknown as Uploads<FileFields> } });
}
