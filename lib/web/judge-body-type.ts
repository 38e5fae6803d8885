import { allowed, type Decision, deny } from '../refusal/decision.ts';
import { type AnyRequest, headerOf } from '../request/any-request.ts';

/** A kind of body that can be read: how its media type looks, and how it is called in an answer. */
export interface BodyType {
  readonly accepts: string;
  readonly pattern: RegExp;
}

export const jsonBody: BodyType = {
  accepts: 'application/json',
  pattern: /^application\/(?:json|[\w.!#$&^-]+\+json)$/i,
};

export const formBody: BodyType = {
  accepts: 'application/x-www-form-urlencoded',
  pattern: /^application\/x-www-form-urlencoded$/i,
};

/** Whether a request has a body at all; a type is only announced with one. */
export function hasBody(request: AnyRequest): boolean {
  if (headerOf(request, 'transfer-encoding') !== undefined) return true;
  const length = headerOf(request, 'content-length');
  if (length !== undefined) return Number(length) !== 0;
  // HTTP/2, and a web request, need neither.
  return headerOf(request, 'content-type') !== undefined;
}

/** Whether the request announces this type, whatever its charset. */
export function isOfType(request: AnyRequest, { pattern }: BodyType): boolean {
  return pattern.test(mediaTypeOf(request));
}

/** Whether a body can be read as this type: only as it is, in UTF-8. */
export function judgeBodyType(request: AnyRequest, type: BodyType): Decision<'request/unsupported-body'> {
  const { accepts } = type;
  if (!isOfType(request, type)) return deny('request/unsupported-body', { reason: 'type', accepts });
  const encoding = headerOf(request, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== '') {
    return deny('request/unsupported-body', { reason: 'encoding', accepts });
  }
  const charsets = (headerOf(request, 'content-type') ?? '').matchAll(
    /;[ \t]*charset[ \t]*=[ \t]*("?)([^";]*)\1/gi,
  );
  for (const [, , charset = ''] of charsets) {
    if (!/^utf-?8$/i.test(charset.trim()))
      return deny('request/unsupported-body', { reason: 'charset', accepts });
  }
  return allowed;
}

function mediaTypeOf(request: AnyRequest): string {
  const type = headerOf(request, 'content-type') ?? '';
  const end = type.indexOf(';');
  return (end === -1 ? type : type.slice(0, end)).trim();
}
