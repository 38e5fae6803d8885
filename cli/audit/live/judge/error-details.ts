import type { Answer } from '../../../target/http/reply.ts';
import { type ErrorSign, errorSigns } from './error-signs.ts';
import { readableText } from './readable-text.ts';

const most = 100_000;

/** The first of the signs in an answer, with the text that shows it. */
export function errorDetail(
  answer: Answer,
  isDebug: boolean,
): { readonly sign: ErrorSign; readonly text: string } | undefined {
  const body = answer.body.slice(0, most);
  const text = readableText(body);
  for (const sign of errorSigns) {
    if (isDebug && !sign.isDebug) continue;
    const found = ((sign.isOfText ? null : sign.pattern.exec(body)) ?? sign.pattern.exec(text))?.[0];
    if (found !== undefined) return { sign, text: found.slice(0, 200) };
  }
  return undefined;
}
