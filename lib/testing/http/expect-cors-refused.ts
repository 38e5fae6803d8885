import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { failure, provesNothing, shown } from '../failure.ts';
import { defaultTimeoutMs, requireMs } from '../in-time.ts';
import { type Answering, ask, headerIn, isAccepted, type ReadAnswer, shownAnswer } from './answer.ts';

/** Sends the request by this method and with these headers, and with the cookies of a user who is logged in. */
export type CorsRequest = (headers: Readonly<Record<string, string>>, method: 'GET' | 'OPTIONS') => Answering;

export interface CorsRefusedOptions {
  /** Origins that may read the answer. Each must be allowed, and origins that look like it must not. */
  readonly allowed?: readonly string[];
  /** How long one request may take. 4,000 milliseconds by default. */
  readonly timeoutMs?: number;
}

/**
 * Guarantee: it resolves only if the application answered, no page of another origin may read the answer, and every allowed origin may
 * (CWE-942). Preflights are asked as well.
 *
 * @throws AssertionError if a foreign origin may read the answer, an allowed one may not, or the test proves nothing
 *
 * @example
 * ```ts
 * import { expectCorsRefused } from 'bulwark/testing';
 *
 * declare const cookie: string; // of a user who is logged in
 *
 * await expectCorsRefused(
 *   (headers, method) => fetch('http://127.0.0.1:3000/api/me', { method, headers: { ...headers, cookie } }),
 *   { allowed: ['https://app.example.com'] },
 * );
 * ```
 */
export async function expectCorsRefused(
  request: CorsRequest,
  options: CorsRefusedOptions = {},
): Promise<void> {
  const own = knownOptions(options, ['allowed', 'timeoutMs']);
  const timeoutMs = requireMs('timeoutMs', own.timeoutMs ?? defaultTimeoutMs);
  const allowed = readOrigins(own.allowed ?? []);
  const send = (headers: Record<string, string>, method: 'GET' | 'OPTIONS'): Promise<ReadAnswer> =>
    ask(`${method} ${JSON.stringify(headers)}`, () => request(headers, method), timeoutMs);

  const plain = await send({}, 'GET');
  if (!isAccepted(plain)) {
    const advice = 'ask for something that the application answers, with the cookies of a user';
    throw provesNothing(
      'the request without an Origin failed',
      { answer: shownAnswer(plain) },
      advice,
      undefined,
    );
  }
  for (const origin of [
    'https://attacker.example',
    'null',
    'http://attacker.example:8080',
    // What is left of development often begins with these, and nothing asks how it ends.
    ...['https://localhost.attacker.example', 'http://127.0.0.1.attacker.example'],
    // Sent by some apps for their own pages.
    'file://',
    ...allowed.flatMap(alike),
  ]) {
    if (allowed.includes(origin)) continue;
    for (const method of ['GET', 'OPTIONS'] as const) {
      const headers = { origin, ...(method === 'OPTIONS' ? preflight : {}) };
      refuseReadable(origin, method, await send(headers, method));
    }
  }
  for (const origin of allowed) {
    const answer = await send({ origin }, 'GET');
    if (headerIn(answer, 'access-control-allow-origin') === origin) continue;
    throw failure('CORS: an allowed origin may not read the answer.', {
      origin,
      'access-control-allow-origin': headerIn(answer, 'access-control-allow-origin') ?? 'none',
      answer: shownAnswer(answer),
    });
  }
}

const preflight = {
  'access-control-request-method': 'PUT',
  'access-control-request-headers': 'x-bulwark-test',
};

/** Origins that a careless comparison takes for the allowed one. */
function alike(origin: string): readonly string[] {
  const { protocol, host } = new URL(origin);
  return [
    `${origin}.attacker.example`,
    // For patterns that end where a word does: browsers load pages of such names.
    ...[`${origin}-.attacker.example`, `${origin}_.attacker.example`],
    `${protocol}//attacker-${host}`,
    `${protocol}//${host.replaceAll('.', 'x')}`,
    `${protocol === 'https:' ? 'http:' : 'https:'}//${host}`,
    `${origin}:8443`,
  ].filter((one) => URL.canParse(one));
}

function refuseReadable(origin: string, method: string, answer: ReadAnswer): void {
  const said = headerIn(answer, 'access-control-allow-origin');
  if (said === undefined || (said !== origin && said !== '*')) return;
  throw failure('CORS: a page of another origin may read the answer.', {
    origin: shown(origin),
    method,
    'access-control-allow-origin': said,
    'with cookies': headerIn(answer, 'access-control-allow-credentials') === 'true' ? 'yes' : 'no',
    answer: shownAnswer(answer),
    'what to do': 'list exact origins; do not reflect the Origin header',
  });
}

function readOrigins(origins: readonly string[]): readonly string[] {
  if (Array.isArray(origins) && origins.every((one) => URL.canParse(one) && new URL(one).origin === one))
    return origins;
  throw new Misuse('bulwark/invalid-option', 'allowed takes origins, such as https://app.example.com.');
}
