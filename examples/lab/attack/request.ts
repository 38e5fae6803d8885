import type { App } from '../run/app-process.ts';
import { fenceHeader } from '../run/behind-fence.ts';
import type { Outcome } from './attack.ts';

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** Where a redirect led, relative to the application. */
  readonly location: string | undefined;
  /** The Set-Cookie lines. */
  readonly cookies: readonly string[];
  /** True where no answer came within the time. */
  readonly late?: boolean;
}

/** Less than the seconds that a payload makes a database wait, more than any honest answer takes. */
const patienceMs = 3_000;

/** A client's address: an attacker has many. The applications believe the proxy that the lab plays. */
export function someAddress(): string {
  const part = (): number => 1 + Math.floor(Math.random() * 250);
  return `11.${part()}.${part()}.${part()}`;
}

/**
 * One request to an application, from an address of its own. A redirect is not followed: it is read.
 *
 * @param body a text is sent as it is, and so are the bytes of a form with files
 */
export async function request(
  app: App,
  method: string,
  path: string,
  body?: Readonly<Record<string, unknown>> | string | FormData,
  type: 'form' | 'json' = 'form',
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  try {
    const response = await fetch(app.url + path, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
      ...(body && { body: isRaw(body) ? body : written(body, type) }),
      headers: {
        'x-forwarded-for': someAddress(),
        ...(app.key && { [fenceHeader]: app.key }),
        ...(body &&
          !(body instanceof FormData) && {
            'content-type': type === 'form' ? 'application/x-www-form-urlencoded' : 'application/json',
          }),
        ...headers,
      },
    });
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      body: await response.text(),
      location: response.headers.get('location') ?? undefined,
      cookies: response.headers.getSetCookie(),
    };
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    return { status: 0, type: '', body: '', location: undefined, cookies: [], ...(late && { late }) };
  }
}

const isRaw = (body: object | string): body is FormData | string =>
  typeof body === 'string' || body instanceof FormData;

function written(body: Readonly<Record<string, unknown>>, type: 'form' | 'json'): string {
  if (type === 'json') return JSON.stringify(body);
  const pairs = Object.entries(body).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)]),
  );
  return new URLSearchParams(pairs).toString();
}

export function answerOf({ status, type, late }: Reply): string {
  if (late) return 'no answer in time';
  if (status === 0) return 'connection closed';
  return type.startsWith('application/problem+json') ? `${status} problem+json` : String(status);
}

/** More than any page of the applications has. */
const longest = 100_000;

/** For an outcome, what came back. */
export function shownOf({ type, body }: Reply, look: boolean | undefined): Pick<Outcome, 'shown'> {
  return look ? { shown: { type, body: body.slice(0, longest) } } : {};
}
