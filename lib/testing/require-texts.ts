import { Misuse } from '../refusal/misuse.ts';

/** @throws Misuse `bulwark/invalid-option` */
export function requireTexts(name: string, texts: readonly string[]): readonly string[] {
  if (Array.isArray(texts) && texts.every((text) => typeof text === 'string')) return texts;
  throw new Misuse('bulwark/invalid-option', `${name} is a list of strings.`);
}
