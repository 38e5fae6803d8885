import { commonWords, isPlaceholder, secretKind } from '../../rules/kit/sensitive/secret-text.ts';

const leastValue = 3;
const mostValue = 4096;
const mostWords = 4;

/** Whether a text may be a secret that is stored under this name. False if the name does not suggest a secret. */
export function mayBeValue(name: string, value: string): boolean {
  return secretKind(name) !== undefined && mayBeSecretValue(value);
}

/** Whether a text may be a secret, by its content: not a placeholder, a label or a sentence. */
export function mayBeSecretValue(value: string): boolean {
  if (value.length < leastValue || value.length > mostValue) return false;
  return (
    !isPlaceholder(value) && !commonWords.test(value) && value.split(/\s/, mostWords + 1).length <= mostWords
  );
}
