import { quietByDefault } from '../../event/record.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { failure, shown } from '../failure.ts';
import { inTime } from '../in-time.ts';

/**
 * What the application answered, as most clients give it: a `Response` of fetch, of Hono's `app.request` or of a handler, the response of
 * supertest, axios or Fastify's `inject`, or `{ status, headers, body }`.
 */
export type HttpAnswer =
  | Response
  | ({ readonly headers: object } & ({ readonly status: number } | { readonly statusCode: number }));

/** Sends one request, and follows no redirect. */
export type Answering = HttpAnswer | PromiseLike<HttpAnswer>;

/** An answer in one form. */
export interface ReadAnswer {
  readonly status: number;
  /** The values of each header, by its name in lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
  /** Where it came from, if the client says so. */
  readonly url: string | undefined;
}

/** Runs one request of the test, no longer than is said. */
export async function ask(what: string, send: () => unknown, timeoutMs: number): Promise<ReadAnswer> {
  let answer: ReadAnswer | undefined;
  const loud = quietByDefault();
  try {
    const run = async (): Promise<void> => {
      answer = await readAnswer(what, await send());
    };
    await inTime(run, timeoutMs, { request: what });
  } finally {
    loud();
  }
  return answer as ReadAnswer;
}

async function readAnswer(what: string, given: unknown): Promise<ReadAnswer> {
  const answer = given as Record<string, unknown> | null | undefined;
  const status = answer?.['status'] ?? answer?.['statusCode'];
  const headers = answer?.['headers'];
  if (typeof status !== 'number' || typeof headers !== 'object' || headers === null) {
    throw new Misuse(
      'bulwark/invalid-option',
      'The function of the test returns what the application answered: a Response, or { status, headers, body }.',
    );
  }
  if (answer?.['redirected'] === true) {
    throw failure('The client followed a redirect, so that the answer is not the one to judge.', {
      request: what,
      'what to do': "do not follow redirects: fetch(url, { redirect: 'manual' })",
    });
  }
  const url = answer?.['url'];
  return {
    status,
    headers: readHeaders(headers),
    body: await readBody(answer ?? {}),
    url: typeof url === 'string' && url !== '' ? url : undefined,
  };
}

function readHeaders(headers: object): ReadonlyMap<string, readonly string[]> {
  const read = new Map<string, readonly string[]>();
  // Not by `instanceof`: some test runners have another realm.
  if (typeof (headers as Headers).getSetCookie === 'function') {
    for (const [name, value] of headers as Headers) if (name !== 'set-cookie') read.set(name, [value]);
    const cookies = (headers as Headers).getSetCookie();
    if (cookies.length > 0) read.set('set-cookie', cookies);
    return read;
  }
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) read.set(name.toLowerCase(), [value].flat().map(String));
  }
  return read;
}

async function readBody(answer: Record<string, unknown>): Promise<string> {
  if (typeof answer['clone'] === 'function') {
    const response = answer as unknown as Response;
    return response.bodyUsed ? '' : await response.clone().text();
  }
  const { text, body, payload, data } = answer;
  const found = [text, payload, body, data].find((one) => typeof one === 'string');
  if (found !== undefined) return found as string;
  const parsed = data ?? (typeof body === 'object' ? body : undefined);
  return parsed === undefined || parsed === null ? '' : (JSON.stringify(parsed) ?? '');
}

/** One value of a header, several joined as HTTP does. */
export function headerIn(answer: ReadAnswer, name: string): string | undefined {
  return answer.headers.get(name)?.join(', ');
}

/** The answer on one line, for a failure. */
export function shownAnswer(answer: ReadAnswer): string {
  const location = headerIn(answer, 'location');
  return [
    String(answer.status),
    ...(location === undefined ? [] : [`to ${shown(location)}`]),
    shown(answer.body),
  ].join(' ');
}

/** Neither an error nor a redirect to one: what an application answers to a request that it carried out. */
export function isAccepted(answer: ReadAnswer): boolean {
  return answer.status >= 200 && answer.status < 400;
}
