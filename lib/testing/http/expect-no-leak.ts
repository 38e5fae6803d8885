import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { failure, provesNothing, shown } from '../failure.ts';
import { defaultTimeoutMs, requireMs } from '../in-time.ts';
import { requireTexts } from '../require-texts.ts';
import { type Answering, ask, headerIn, type ReadAnswer, shownAnswer } from './answer.ts';
import { leakingHeaders, leaks } from './leaks.ts';

export interface NoLeakOptions {
  /** Texts that must not be in the answer, such as the message of the error that the route throws. */
  readonly hidden?: readonly string[];
  /** How long one request may take. 4,000 milliseconds by default. */
  readonly timeoutMs?: number;
}

/**
 * Guarantee: it resolves only if the application answered with an error, and the answer has none of the hidden texts, no stack, path, error
 * of a database or of the runtime, and no header with a version or a framework (CWE-209, CWE-497). Start the application as in
 * production.
 *
 * @param request sends a request that makes the application fail
 * @throws AssertionError if the answer tells something, or if it is no error
 *
 * @example
 * ```ts
 * import { expectNoLeak } from 'bulwark/testing';
 *
 * await expectNoLeak(() => fetch('http://127.0.0.1:3000/orders/%00'), { hidden: ['orders_pkey'] });
 * ```
 */
export async function expectNoLeak(request: () => Answering, options: NoLeakOptions = {}): Promise<void> {
  const own = knownOptions(options, ['hidden', 'timeoutMs']);
  const timeoutMs = requireMs('timeoutMs', own.timeoutMs ?? defaultTimeoutMs);
  if (requireTexts('hidden', own.hidden ?? []).includes('')) {
    throw new Misuse('bulwark/invalid-option', 'hidden takes texts that are not empty.');
  }
  const answer = await ask('the request that fails', request, timeoutMs);
  if (answer.status < 400) {
    const advice = 'send a request that makes a route throw';
    throw provesNothing('the answer is no error', { answer: shownAnswer(answer) }, advice, undefined);
  }
  const found = leakIn(answer, own.hidden ?? []);
  if (found === undefined) return;
  throw failure('An error page tells too much.', {
    ...found,
    answer: shownAnswer(answer),
    'what to do':
      'answer with a general sentence, and log the rest; run the application with NODE_ENV=production',
  });
}

function leakIn(
  answer: ReadAnswer,
  hidden: readonly string[],
): { readonly what: string; readonly found: string } | undefined {
  const headers = [...answer.headers].flatMap(([name, values]) => values.map((value) => `${name}: ${value}`));
  for (const place of [...headers, answer.body, unescaped(answer.body)]) {
    const text = hidden.find((one) => place.includes(one));
    if (text !== undefined) return { what: 'a text that was to be hidden', found: shown(text) };
  }
  for (const { name, pattern } of leakingHeaders) {
    const value = headerIn(answer, name);
    if (value !== undefined && pattern.test(value))
      return { what: `the header ${name}`, found: shown(value) };
  }
  for (const place of [unescaped(answer.body), ...ownHeaders(answer)]) {
    for (const { what, pattern } of leaks) {
      const match = pattern.exec(place)?.[0];
      if (match !== undefined) return { what, found: shown(match.trim()) };
    }
  }
  return undefined;
}

/** Headers that an application invents, such as `X-Error`. What names files on purpose, such as `Link`, is none. */
function ownHeaders({ headers }: ReadAnswer): readonly string[] {
  return [...headers].flatMap(([name, values]) => (/^x-(?!sourcemap$)/.test(name) ? values : []));
}

/** Express writes the stack as HTML, other frameworks as JSON. */
function unescaped(body: string): string {
  return body
    .replace(/&nbsp;/g, ' ')
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/&(?:quot|#34);/g, '"')
    .replace(/&(?:#39|apos);/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\\u00([2-7][\da-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\n/g, '\n')
    .replace(/\\(["\\/])/g, '$1');
}
