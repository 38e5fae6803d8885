import { isDrawn } from './drawn-text.ts';
import type { FoundSecret } from './found-secret.ts';
import { isMadeUp } from './made-up.ts';

interface Pattern {
  readonly kind: string;
  readonly title: string;
  /** The last group is the secret. */
  readonly call: RegExp;
}

// Every part is bounded, so that the time is linear.
const text = (length: string): string => `(["'])([^"'\\\\\\s]{${length}})`;
const patterns: readonly Pattern[] = [
  {
    kind: 'password',
    title: 'A password beside a user name',
    call: new RegExp(
      `\\b(?:log_?in|log_?on|sign_?in|authenticate|auth|(?:http)?_?basic_?auth|http_?digest_?auth|simple_?bind(?:_s)?|set_?credentials|user_?pass|PlainAuth)\\s{0,4}\\(\\s{0,20}${text('1,120')}\\1\\s{0,4},\\s{0,20}${text('8,120')}\\3`,
      'gi',
    ),
  },
  {
    kind: 'twilio-auth-token',
    title: 'A Twilio auth token',
    call: /(["'])(AC[0-9a-f]{32})\1\s{0,4},\s{0,20}(["'])([0-9a-f]{32})\3/g,
  },
];

/** Secrets that are told by what they are passed to: `smtp.login('user', '...')`, `twilio('AC...', '...')`. */
export function* positionalSecrets(source: string): Generator<FoundSecret> {
  for (const { kind, title, call } of patterns)
    for (const match of source.matchAll(call)) {
      const value = match[4] ?? '';
      if (!isDrawn(value) || isMadeUp(value)) continue;
      const end = match.index + match[0].length - 1;
      yield { kind, title, value, at: end - value.length, end };
    }
}
