import { knownOptions } from '../../internal/known-options.ts';
import { failure, provesNothing } from '../failure.ts';
import { defaultTimeoutMs, requireMs } from '../in-time.ts';
import { type Answering, ask, isAccepted, type ReadAnswer, shownAnswer } from './answer.ts';

/**
 * Sends the request that changes something, with the cookies of a user who is logged in, and with these headers instead of its own
 * `Origin`, `Referer` and `Sec-Fetch-*`. From `'own page'` it has the CSRF token too, if the application uses one; from `'other site'`
 * it has none.
 */
export type CsrfRequest = (
  headers: Readonly<Record<string, string>>,
  from: 'own page' | 'other site',
) => Answering;

export interface CsrfRefusedOptions {
  /** The application's own origin, such as `https://shop.example.com`, if it checks `Origin`. */
  readonly origin?: string;
  /**
   * Accepts that a request with neither `Origin` nor `Sec-Fetch-Site` passes. All browsers since 2023 send one of them, but proxies and
   * extensions may remove it.
   */
  readonly allowUnknownSource?: boolean;
  /** Whether the application refused. By default 4xx. */
  readonly refused?: (answer: { readonly status: number; readonly body: string }) => boolean;
  /** How long one request may take. 4,000 milliseconds by default. */
  readonly timeoutMs?: number;
}

const attacker = 'https://attacker.example';

interface Forgery {
  readonly what: string;
  readonly headers: Readonly<Record<string, string>>;
}

const navigated = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

const forgeries: readonly Forgery[] = [
  {
    what: 'a form on another site',
    headers: { ...navigated, 'sec-fetch-site': 'cross-site', origin: attacker },
  },
  {
    what: 'a form on a sibling subdomain',
    headers: { ...navigated, 'sec-fetch-site': 'same-site', origin: 'https://sibling.attacker.example' },
  },
  {
    what: 'a form in a sandboxed frame',
    headers: { ...navigated, 'sec-fetch-site': 'cross-site', origin: 'null' },
  },
  {
    what: 'a script on another site',
    headers: {
      'sec-fetch-mode': 'no-cors',
      'sec-fetch-dest': 'empty',
      'sec-fetch-site': 'cross-site',
      origin: attacker,
    },
  },
  {
    what: 'another site, by a browser without Sec-Fetch-Site',
    headers: { origin: attacker, referer: `${attacker}/` },
  },
  { what: 'a sandboxed frame, by a browser without Sec-Fetch-Site', headers: { origin: 'null' } },
];

/**
 * Guarantee: it resolves only if the application refused the request from every kind of foreign page, and accepted the same request from
 * its own page before and after (CWE-352).
 *
 * @throws AssertionError if a forged request is accepted, or if the test proves nothing
 *
 * @example
 * ```ts
 * import { expectCsrfRefused } from 'bulwark/testing';
 *
 * declare const cookie: string; // of a user who is logged in
 * declare const token: string; // from the application's form
 *
 * await expectCsrfRefused((headers, from) =>
 *   fetch('http://127.0.0.1:3000/transfer', {
 *     method: 'POST',
 *     headers: { ...headers, cookie },
 *     body: new URLSearchParams({ to: 'ann', amount: '1', _csrf: from === 'own page' ? token : '' }),
 *     redirect: 'manual',
 *   }),
 * );
 * ```
 */
export async function expectCsrfRefused(
  request: CsrfRequest,
  options: CsrfRefusedOptions = {},
): Promise<void> {
  const own = knownOptions(options, ['origin', 'allowUnknownSource', 'refused', 'timeoutMs']);
  const timeoutMs = requireMs('timeoutMs', own.timeoutMs ?? defaultTimeoutMs);
  const refused = own.refused ?? isClientError;
  const ownHeaders = {
    ...{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
    ...(own.origin === undefined ? {} : { origin: own.origin }),
  };

  const fromOwnPage = async (when: string): Promise<void> => {
    const what = `from the application's own page, ${when}`;
    const answer = await ask(what, () => request(ownHeaders, 'own page'), timeoutMs);
    if (isAccepted(answer) && !refused(answer)) return;
    throw provesNothing(
      'the same request from the own page was not accepted',
      { request: what, answer: shownAnswer(answer) },
      'send the cookies of a user who is logged in and the CSRF token, and give `origin` if the application checks it',
      undefined,
    );
  };

  await fromOwnPage('before the forged ones');
  for (const { what, headers } of allForgeries(own.origin, own.allowUnknownSource === true)) {
    judge(what, headers, await ask(what, () => request(headers, 'other site'), timeoutMs), refused);
  }
  await fromOwnPage('after the forged ones');
}

function allForgeries(origin: string | undefined, allowUnknown: boolean): readonly Forgery[] {
  const alike =
    origin === undefined
      ? []
      : [
          {
            what: 'an origin that begins like the own one',
            headers: { origin: `${origin}.attacker.example` },
          },
        ];
  const unknown = allowUnknown ? [] : [{ what: 'a page, by a browser that says nothing of it', headers: {} }];
  return [...forgeries, ...alike, ...unknown];
}

function judge(
  what: string,
  headers: Readonly<Record<string, string>>,
  answer: ReadAnswer,
  refused: (answer: ReadAnswer) => boolean,
): void {
  if (refused(answer)) return;
  const facts = { from: what, headers: JSON.stringify(headers), answer: shownAnswer(answer) };
  if ([404, 405, 429].includes(answer.status) || answer.status >= 500) {
    const advice = 'make sure that the request reaches its route, and is not stopped by a limit or an error';
    throw provesNothing(
      'something else than a CSRF check stopped the forged request',
      facts,
      advice,
      undefined,
    );
  }
  throw failure('CSRF: a forged request was accepted.', {
    ...facts,
    'what to do': 'refuse requests from other origins; if this answer is a refusal, say so with `refused`',
  });
}

function isClientError({ status }: { readonly status: number }): boolean {
  return status >= 400 && status < 500 && ![404, 405, 429].includes(status);
}
