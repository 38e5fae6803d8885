import type { FoundSecret } from './find/found-secret.ts';

/** A secret as reports show it: its first characters where its kind has a prefix that is the same for all, and its length. */
export function masked({ value }: FoundSecret): string {
  const [prefix = ''] = /^(?:[A-Za-z]{2,8}[_.-](?:[a-z]{2,6}[_-])?|AKIA|ASIA|AIza|LTAI)/.exec(value) ?? [];
  return `${value.length >= prefix.length + 16 ? prefix : ''}******** (${value.length} characters)`;
}
