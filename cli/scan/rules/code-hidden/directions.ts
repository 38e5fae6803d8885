import type { TextReport } from '../kit/rule.ts';
import { directions } from './characters.ts';

const isolates = /[\u2066-\u2068]/;
const embeddings = /[\u202a\u202b\u202d\u202e]/;

/** Only the start of a longer line is read. */
const maxLine = 20_000;

/**
 * Reports a line with characters that change the text's direction. Undefined if there are none. The confidence is high if
 * a direction is never closed: it then affects the rest of the line, such as code after a comment or a string.
 */
export function readDirections(line: string, at: number, isQuiet: boolean): TextReport | undefined {
  const text = line.slice(0, maxLine);
  const first = text.search(directions);
  if (first < 0) return undefined;
  const report = (message: string, confidence: TextReport['confidence']): TextReport => ({
    message,
    confidence: isQuiet ? 'low' : confidence,
    at: at + first,
    end: at + first + 1,
  });
  if (isNamed(text))
    return report('A character that changes the text direction stands alone in a string.', 'low');
  return isOpen(text)
    ? report('Invisible characters make this line appear in a different order than it runs.', 'high')
    : report('Invisible characters change the order in which part of this line appears.', 'medium');
}

/** `'\u202a'`, `[\u202a-\u202e]` as the characters themselves, in code that searches for them or removes them. */
function isNamed(text: string): boolean {
  const rest = text.replaceAll(/(["'`[\]|,-])[\u202a-\u202e\u2066-\u2069]{1,9}(?=["'`[\]|,-])/g, '$1');
  return !directions.test(rest);
}

function isOpen(text: string): boolean {
  const open: string[] = [];
  let isolated = 0;
  for (const char of text) {
    if (isolates.test(char)) isolated++;
    if (isolates.test(char) || embeddings.test(char)) open.push(char);
    else if (char === '\u202c') {
      // It ends an embedding, but none around an isolate.
      if (embeddings.test(open.at(-1) ?? '')) open.pop();
    } else if (char === '\u2069' && isolated > 0) {
      // The end of an isolate ends everything that was opened in it.
      while (!isolates.test(open.pop() ?? '')) {}
      isolated--;
    }
  }
  return open.length > 0;
}
