import { type Answer, headerValues, type Reply } from '../../target/http/reply.ts';
import { parseSetCookie, type SetCookie } from '../../target/http/set-cookie.ts';
import type { Visit } from '../../target/http/visit.ts';

const most = 500;

/** All cookies of some answers, in order. */
export function cookiesOf(replies: readonly Reply[]): readonly SetCookie[] {
  const answers = replies.flatMap((reply) => (reply.kind === 'answer' ? [reply] : []));
  return answers
    .flatMap((answer) =>
      headerValues(answer, 'set-cookie').flatMap((header) => parseSetCookie(header, answer.url) ?? []),
    )
    .slice(0, most);
}

/** The value of the header `Cookie` after a visit; undefined if nothing was set. */
export function cookieHeader({ answers }: Visit): string | undefined {
  const pairs = cookiesOf(answers)
    .filter(({ isRemoved, header }) => !isRemoved && /^[\x20-\x7e]{1,4000}$/.test(header))
    .map(({ name, value }) => `${name}=${value}`);
  return pairs.length === 0 ? undefined : pairs.slice(0, 20).join('; ');
}

/** What a browser would show at the end of a visit. */
export function lastAnswer({ answers, stopped }: Visit): Answer | undefined {
  return stopped === undefined ? answers.at(-1) : undefined;
}
