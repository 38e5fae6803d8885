import { knownOptions } from '../../internal/known-options.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { failure, provesNothing } from '../failure.ts';
import { defaultTimeoutMs, requireMs } from '../in-time.ts';
import { type Answering, ask, headerIn, isAccepted, type ReadAnswer, shownAnswer } from './answer.ts';

export interface LimitedOptions {
  /** How many attempts are made. 100 by default, at most 10,000. */
  readonly attempts?: number;
  /** How many of them may get through. All but one by default. */
  readonly most?: number;
  /** Sends all attempts at once, because some limits count too late for that. */
  readonly parallel?: boolean;
  /** A request of somebody else, or of another page, that must still be answered afterwards. */
  readonly ordinary?: () => Answering;
  /** Whether the attempt was limited. By default the status is 429. */
  readonly limited?: (answer: { readonly status: number; readonly body: string }) => boolean;
  /** How long one request may take. 4,000 milliseconds by default. */
  readonly timeoutMs?: number;
}

export interface LimitedResult {
  /** How many attempts got through. */
  readonly tries: number;
  /** What the first limited answer said in `Retry-After`, in seconds. */
  readonly retryAfterSeconds: number | undefined;
}

/**
 * Guarantee: it resolves only if the application limited the attempts (CWE-307), and, if `ordinary` is given, still answers others.
 *
 * @param attempt makes one attempt, such as a log-in with a wrong password; it gets the attempt's number, from 0
 * @throws AssertionError if too many attempts get through, or if the test proves nothing
 *
 * @example
 * ```ts
 * import { expectLimited } from 'bulwark/testing';
 *
 * const app = 'http://127.0.0.1:3000';
 * const { tries } = await expectLimited(
 *   (n) => fetch(`${app}/log-in`, { method: 'POST', body: new URLSearchParams({ user: 'ann', password: `guess-${n}` }) }),
 *   { most: 20, parallel: true, ordinary: () => fetch(app) },
 * );
 * console.log(tries); // 10
 * ```
 */
export async function expectLimited(
  attempt: (number: number) => Answering,
  options: LimitedOptions = {},
): Promise<LimitedResult> {
  const own = knownOptions(options, ['attempts', 'most', 'parallel', 'ordinary', 'limited', 'timeoutMs']);
  const timeoutMs = requireMs('timeoutMs', own.timeoutMs ?? defaultTimeoutMs);
  const attempts = count('attempts', own.attempts ?? 100, 2, 10_000);
  const most = count('most', own.most ?? attempts - 1, 1, attempts - 1);
  const limited = own.limited ?? (({ status }: { readonly status: number }) => status === 429);
  const send = (number: number): Promise<ReadAnswer> =>
    ask(`attempt ${number + 1}`, () => attempt(number), timeoutMs);

  const answers = own.parallel === true ? await atOnce(attempts, send) : await inTurn(attempts, send);
  const through = answers.filter((answer) => !limited(answer));
  const unreached = through.find(({ status }) => status === 404 || status === 405 || status >= 500);
  const [first] = answers;
  if (unreached !== undefined || through.length === 0) {
    throw provesNothing(
      unreached === undefined
        ? 'the first attempt was limited already'
        : 'an attempt did not reach its route',
      { answer: shownAnswer((unreached ?? first) as ReadAnswer) },
      'start with fresh counters, and with an attempt that the application answers',
      undefined,
    );
  }
  if (through.length > most) {
    throw failure('No limit: too many attempts got through.', {
      attempts: `${answers.length}${own.parallel === true ? ' at once' : ''}`,
      'got through': `${through.length}, allowed are ${most}`,
      'last answer': shownAnswer(through.at(-1) as ReadAnswer),
      'what to do':
        'limit the attempts for an account and an address, and count before the password is checked',
    });
  }
  if (own.ordinary !== undefined) await requireOrdinary(own.ordinary, timeoutMs);
  const refused = answers.find(limited);
  return { tries: through.length, retryAfterSeconds: refused && retryAfter(refused) };
}

/** All of them, also after a refusal: a limit that forgets what it counted when it refuses lets the next ones through. */
async function inTurn(
  attempts: number,
  send: (number: number) => Promise<ReadAnswer>,
): Promise<readonly ReadAnswer[]> {
  const answers: ReadAnswer[] = [];
  for (let number = 0; number < attempts; number++) answers.push(await send(number));
  return answers;
}

function atOnce(
  attempts: number,
  send: (number: number) => Promise<ReadAnswer>,
): Promise<readonly ReadAnswer[]> {
  return Promise.all(Array.from({ length: attempts }, (_, number) => send(number)));
}

async function requireOrdinary(ordinary: () => Answering, timeoutMs: number): Promise<void> {
  const answer = await ask('ordinary', ordinary, timeoutMs);
  if (isAccepted(answer)) return;
  throw failure('The limit stopped an ordinary request too.', {
    answer: shownAnswer(answer),
    'what to do': 'limit attempts by account and address, and not all requests together',
  });
}

function retryAfter(answer: ReadAnswer): number | undefined {
  const text = headerIn(answer, 'retry-after');
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : Math.max(0, Math.ceil((moment - Date.now()) / 1000));
}

function count(name: string, value: number, least: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new Misuse('bulwark/invalid-option', `${name} takes a whole number from ${least} to ${most}.`);
}
