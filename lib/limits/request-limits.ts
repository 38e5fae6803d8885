import { knownOptions } from '../internal/known-options.ts';
import { allowed, type Decision, deny } from '../refusal/decision.ts';
import type { AnyRequest } from '../request/any-request.ts';
import { judgeFields } from './judge-fields.ts';
import { wholeNumber } from './whole-number.ts';

export interface RequestLimitOptions {
  /** The longest request target, path and query, in characters. 8,192 by default, as Apache has it. */
  readonly maxUrlLength?: number;
  /** The most header lines. 100 by default, as Apache has it; browsers send about 20. */
  readonly maxHeaders?: number;
  /** The most fields of the query. 1,000 by default: the usual parsers silently drop what follows. */
  readonly maxQueryFields?: number;
  /** The most fields and list items of a parsed body, at all depths together. 100,000 by default. */
  readonly maxBodyFields?: number;
  /** How deep a parsed body may be nested. 100 by default. */
  readonly maxBodyDepth?: number;
}

export type RequestLimitCode = 'limits/url-too-long' | 'limits/too-many-headers' | 'limits/too-many-fields';

export interface RequestLimits {
  /** Judges the target, the header lines and the query, before anything is parsed. */
  judge(request: AnyRequest & { readonly rawHeaders?: readonly string[] }): Decision<RequestLimitCode>;
  /** Judges a body that was parsed, before the application walks through it. */
  judgeBody(body: unknown): Decision<'limits/too-many-fields' | 'limits/too-deep'>;
}

/**
 * Judges the size of requests. The defaults are far beyond what browsers send.
 *
 * @throws Misuse `bulwark/invalid-option`
 *
 * @example
 * ```ts
 * import { requestLimits } from 'bulwark/limits';
 *
 * const { judge, judgeBody } = requestLimits({ maxQueryFields: 2 });
 * judge({ method: 'GET', url: '/?a=1&b=2', headers: {} }); // { allow: true }
 * judge({ method: 'GET', url: '/?a=1&b=2&c=3', headers: {} }); // { allow: false, code: 'limits/too-many-fields', ... }
 * judgeBody({ items: [1, 2, 3] }); // { allow: true }
 * ```
 */
export function requestLimits(options: RequestLimitOptions = {}): RequestLimits {
  const own = knownOptions(options, [
    ...(['maxUrlLength', 'maxHeaders', 'maxQueryFields', 'maxBodyFields', 'maxBodyDepth'] as const),
  ]);
  const maxUrlLength = wholeNumber('maxUrlLength', own.maxUrlLength ?? 8_192, 16, 1_000_000);
  // Node drops what follows some thousand lines without a word.
  const maxHeaders = wholeNumber('maxHeaders', own.maxHeaders ?? 100, 1, 1_000);
  const maxQueryFields = wholeNumber('maxQueryFields', own.maxQueryFields ?? 1_000, 1, 100_000);
  const maxBodyFields = wholeNumber('maxBodyFields', own.maxBodyFields ?? 100_000, 1, 10_000_000);
  // Beyond that, recursive code runs out of stack.
  const maxBodyDepth = wholeNumber('maxBodyDepth', own.maxBodyDepth ?? 100, 1, 1_000);

  return Object.freeze({
    judge(request: AnyRequest & { readonly rawHeaders?: readonly string[] }) {
      const target = targetLike(request);
      if (target.length > maxUrlLength) {
        return deny('limits/url-too-long', { length: target.length, maxUrlLength });
      }
      const headers = headerCount(request);
      if (headers > maxHeaders) return deny('limits/too-many-headers', { headers, maxHeaders });
      const fields = fieldsOf(target, maxQueryFields);
      return fields > maxQueryFields
        ? deny('limits/too-many-fields', { where: 'query', most: maxQueryFields })
        : allowed;
    },
    judgeBody: (body: unknown) => judgeFields(body, maxBodyFields, maxBodyDepth),
  });
}

/** Without taking an absolute URL to pieces, for which the limit is meant too. */
function targetLike(request: AnyRequest): string {
  return (
    (Object.hasOwn(request, 'originalUrl') ? (request as { originalUrl?: string }).originalUrl : undefined) ??
    request.url ??
    ''
  );
}

function headerCount(request: AnyRequest & { readonly rawHeaders?: readonly string[] }): number {
  // Adapters of functions, such as `serverless-http`, make requests whose lines are empty.
  if (request.rawHeaders?.length) return request.rawHeaders.length / 2;
  const { headers } = request as { readonly headers: { readonly forEach?: unknown } };
  if (typeof headers.forEach !== 'function') return Object.keys(headers).length;
  let count = 0;
  (headers as Headers).forEach(() => {
    count++;
  });
  return count;
}

/** How many fields the query has, counted up to one more than the limit. */
function fieldsOf(target: string, most: number): number {
  let at = target.indexOf('?');
  let fields = at === -1 || at === target.length - 1 ? 0 : 1;
  while (at !== -1 && fields <= most) {
    at = target.indexOf('&', at + 1);
    if (at !== -1) fields++;
  }
  return fields;
}
