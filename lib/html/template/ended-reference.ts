import { parseFragment } from 'parse5';
import { escapeHtml } from '../values/escape.ts';

/**
 * The end of a template, with a reference at its end written out: what comes behind is of another template, or a value,
 * and would go on with it. `R&` becomes `R&amp;`, which no `lt;` makes a `<` of.
 *
 * @param text element text at its end
 */
export function endedReference(text: string): string {
  return text.replace(/&[A-Za-z0-9#]*$/, (tail) => {
    const [node] = parseFragment(tail).childNodes;
    return node && 'value' in node ? escapeHtml(node.value) : tail;
  });
}
