import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { redirectAttacks } from '../corpus/redirect.ts';
import { failure, provesNothing, shown } from '../failure.ts';
import { defaultTimeoutMs, requireMs } from '../in-time.ts';
import { requireTexts } from '../require-texts.ts';
import { type Answering, ask, headerIn, type ReadAnswer, shownAnswer } from './answer.ts';

export interface NoOpenRedirectOptions {
  /** A target of the application that must work. `/account` by default. */
  readonly harmless?: string;
  /** The application's own origin. By default, the one that the harmless redirect stays on. */
  readonly origin?: string;
  /** Replaces the payloads. */
  readonly payloads?: readonly string[];
  /** How long one request may take. 4,000 milliseconds by default. */
  readonly timeoutMs?: number;
}

/**
 * Guarantee: it resolves only if a harmless target redirected, and no payload made a browser leave the application or run a script
 * (CWE-601). The `Location` and `Refresh` headers are read as browsers read them.
 *
 * @param request sends the request with this redirect target, encoded as its place in the request needs
 * @throws AssertionError if a payload redirects elsewhere, or if the test proves nothing
 *
 * @example
 * ```ts
 * import { expectNoOpenRedirect } from 'bulwark/testing';
 *
 * await expectNoOpenRedirect((target) =>
 *   fetch(`http://127.0.0.1:3000/log-out?next=${encodeURIComponent(target)}`, { redirect: 'manual' }),
 * );
 * ```
 */
export async function expectNoOpenRedirect(
  request: (target: string) => Answering,
  options: NoOpenRedirectOptions = {},
): Promise<void> {
  const own = knownOptions(options, ['harmless', 'origin', 'payloads', 'timeoutMs']);
  const timeoutMs = requireMs('timeoutMs', own.timeoutMs ?? defaultTimeoutMs);
  const harmless = own.harmless ?? '/account';
  const payloads = own.payloads ?? redirectAttacks.map(({ payload }) => payload);
  if (requireTexts('payloads', payloads).length === 0) {
    throw new Misuse('bulwark/invalid-option', 'payloads needs at least one.');
  }
  const send = (target: string): Promise<ReadAnswer> =>
    ask(`target ${shown(target)}`, () => request(target), timeoutMs);

  const origin = originOf(harmless, await send(harmless), own.origin);
  for (const payload of payloads) {
    const answer = await send(payload);
    const to = targetOf(answer, origin);
    if (to === undefined || to.origin === origin) continue;
    throw failure('Open redirect: a payload leads elsewhere.', {
      payload: shown(payload),
      answer: shownAnswer(answer),
      'a browser goes to': shown(to.href),
      'what to do': 'redirect to own paths and listed origins only, as `bulwark/redirect` does',
    });
  }
  originOf(harmless, await send(harmless), origin);
}

/** The origin that a harmless target stays on. */
function originOf(harmless: string, answer: ReadAnswer, given: string | undefined): string {
  const base = readOrigin(
    given ?? (answer.url === undefined ? 'http://own.invalid' : new URL(answer.url).origin),
  );
  const to = targetOf(answer, base);
  const wanted = new URL(harmless, base);
  const own = given === undefined ? to?.origin : base;
  if (to !== undefined && to.origin === own && to.pathname === wanted.pathname) return to.origin;
  throw provesNothing(
    'a harmless target led to no redirect, or elsewhere',
    { target: shown(harmless), answer: shownAnswer(answer) },
    "give a target that works as `harmless`, do not follow redirects (`redirect: 'manual'`), and log in if that is needed",
    undefined,
  );
}

function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && url.origin !== 'null') return url.origin;
  throw new Misuse('bulwark/invalid-option', 'origin takes an origin, such as https://shop.example.com.');
}

/** Where a browser goes; undefined where it stays. */
function targetOf(answer: ReadAnswer, origin: string): URL | undefined {
  const location = answer.status >= 300 && answer.status < 400 ? headerIn(answer, 'location') : undefined;
  const refresh = /^\s*[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?["']?([^"']*)/i.exec(
    headerIn(answer, 'refresh') ?? '',
  )?.[1];
  const target = location ?? (refresh === '' ? undefined : refresh);
  if (target === undefined || !URL.canParse(target, origin)) return undefined;
  return new URL(target, origin);
}
