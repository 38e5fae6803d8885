import { wordsOf } from '../../../ir/query/words.ts';

/** Whether this is the name of a password, rather than of a field's label, a path or a password rule. */
export function isPasswordName(name: string): boolean {
  const words = wordsOf(name);
  const last = words[words.length - 1] ?? '';
  if (words.includes('reset') || /^(field|name|label|file|path|policy|length|id)$/.test(last)) return false;
  if (last === 'pin' && words.length <= 2)
    return !/^(map|tab|led|gpio|post|icon|input|output|un)$/.test(words[0] ?? '');
  return words.some((word) => /^(password|passwd|pwd|passphrase|passcode|pw|pass)$/.test(word));
}
