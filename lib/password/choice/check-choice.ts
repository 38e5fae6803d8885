import { knownOptions } from '../../internal/known-options.ts';
import type { RefusalDetail } from '../../refusal/codes.ts';
import { allowed, type Decision, type Denied, deny } from '../../refusal/decision.ts';
import { Misuse } from '../../refusal/misuse.ts';
import { readPassword } from '../password-input.ts';
import { contextWords } from './context-words.ts';
import { guessable } from './guessable.ts';

export interface ChoiceRules {
  readonly minLength: number;
  readonly site: readonly string[];
}

export interface ChoiceOptions {
  /** What is known of the user: names, the e-mail address, the company. A new password may not be made from them. */
  readonly context?: readonly string[];
}

/** So many characters have to be left to guess: more than two words of the list. */
const leastUnknown = 7;
const mostContext = 32;
const mostContextLength = 256;

/**
 * The rules of NIST SP 800-63B, section 3.1.1.2: a minimum length, a list of what attackers try first, and no rules on kinds
 * of characters. A character is a code point.
 */
export function checkChoice(
  password: unknown,
  rules: ChoiceRules,
  options: ChoiceOptions,
): Decision<'password/weak-password' | 'password/invalid-password'> {
  const context = contextOf(options);
  const input = readPassword(password);
  if ('allow' in input) return { ...input, hint: hints[input.detail.reason] };
  const text = input.normalized;
  if ([...text].length < rules.minLength) {
    return weak(
      'too-short',
      `Use at least ${rules.minLength} characters. Several unrelated words are a good choice.`,
    );
  }
  if (/\p{Cc}/u.test(text))
    return weak('control-character', 'The password contains a character that cannot be typed.');
  const { unknown, usesContext } = guessable(text, contextWords([...rules.site, ...context]));
  if (unknown >= leastUnknown) return allowed;
  return usesContext
    ? weak(
        'context',
        'Do not make the password from your name, your e-mail address or the name of this site.',
      )
    : weak(
        'common',
        'This password is too common or follows a pattern, so it is among the first that attackers try.',
      );
}

/** For the user. What is thrown where a password is hashed has the hint of the code, for the developer. */
const hints: Readonly<Record<RefusalDetail<'password/invalid-password'>['reason'], string>> = {
  'not-a-string': 'Enter a password.',
  empty: 'Enter a password.',
  'too-long': 'The password is too long. Use at most 256 characters.',
  'malformed-unicode': 'The password contains a character that is broken. Enter it again.',
  'ends-with-nul': 'The password ends with a character that cannot be typed.',
};

function weak(
  reason: 'too-short' | 'control-character' | 'common' | 'context',
  hint: string,
): Denied<'password/weak-password'> {
  return deny('password/weak-password', { reason }, hint);
}

/** Values of the user's own record: one that is missing or very long is no mistake of the programmer. */
function contextOf(options: ChoiceOptions): readonly string[] {
  const { context = [] } = knownOptions(options, ['context']);
  if (!Array.isArray(context)) throw new Misuse('bulwark/invalid-option', '`context` is a list of strings.');
  return context
    .slice(0, mostContext)
    .filter((text): text is string => typeof text === 'string')
    .map((text) => text.slice(0, mostContextLength));
}
