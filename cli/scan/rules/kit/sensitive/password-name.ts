import { wordsOf } from '../../../ir/query/words.ts';

/**
 * Whether a name denotes a password or a PIN. False for a name of something about it, such as `passwordLabel` or
 * `passwordPolicy`.
 */
export function isPasswordName(name: string): boolean {
  const words = wordsOf(name);
  const last = words[words.length - 1] ?? '';
  if (words.includes('reset') || /^(field|name|label|file|path|policy|length|id)$/.test(last)) return false;
  if (last === 'pin' && words.length <= 2)
    return !/^(map|tab|led|gpio|post|icon|input|output|un)$/.test(words[0] ?? '');
  return words.some((word) => /^(password|passwd|pwd|passphrase|passcode|pw|pass)$/.test(word));
}
