import { FormData } from 'undici';
import type { Outgoing } from './outgoing.ts';

/** A request's headers and body as undici's dispatchers take them. */
export interface Sendable {
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array> | null;
}

/** What a client says of itself where the caller says nothing. Only codings are asked for that are decoded here. */
const defaults: readonly (readonly [name: string, value: string])[] = [
  ['accept', '*/*'],
  ['accept-language', '*'],
  ['accept-encoding', 'gzip, deflate, br'],
  ['user-agent', 'bulwark'],
];

export function sendable({ headers, body }: Outgoing): Sendable {
  const list: string[] = [];
  for (const [name, value] of headers) list.push(name, value);
  for (const [name, value] of defaults) if (!headers.has(name)) list.push(name, value);
  const [sent, type] = encoded(body);
  if (type !== undefined && !headers.has('content-type')) list.push('content-type', type);
  return { headers: list, body: sent };
}

/** The body with the content type that the fetch standard gives it. undici itself does so for a Blob and a FormData. */
function encoded(body: BodyInit | null): [Sendable['body'], string?] {
  if (typeof body === 'string') return [body, 'text/plain;charset=UTF-8'];
  if (body instanceof URLSearchParams) {
    return [body.toString(), 'application/x-www-form-urlencoded;charset=UTF-8'];
  }
  return [ownFormData(body) as Sendable['body']];
}

/** undici knows its own FormData only, and would send the built-in one as "[object FormData]". */
function ownFormData(body: BodyInit | null): unknown {
  if (!(body instanceof globalThis.FormData)) return body;
  const form = new FormData();
  for (const [name, value] of body) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, value.name);
  }
  return form;
}
