import { articleAttributes, droppedElements } from './article.ts';
import { implementationOf, nativeSetHtml, setInnerHtml } from './native.ts';
import { makePolicy, type PolicyRules } from './trusted-types-api.ts';

/**
 * An allowlist of attributes, and the elements to remove with their content. Unknown elements stay, so that the writer can
 * keep their text: in "Ann <ann@example.com> wrote", the parser sees an element.
 */
const sanitizer: object = {
  removeElements: droppedElements,
  attributes: articleAttributes,
  comments: false,
  dataAttributes: false,
};

let policy: PolicyRules | undefined;

/**
 * Parses markup into an inert document: no script runs, no handler fires, and nothing loads. Uses the
 * Sanitizer API if there is one, because it needs no Trusted Types policy.
 */
export function parseInert(markup: string): Element {
  const holder = implementationOf(document).createHTMLDocument('').createElement('div');
  try {
    if (nativeSetHtml) {
      nativeSetHtml(holder, markup, { sanitizer });
      return holder;
    }
  } catch {
    // An earlier draft of the API, with different options.
  }
  policy ??= makePolicy('bulwark-parse', { createHTML: (text) => text }) ?? {};
  setInnerHtml(holder, policy.createHTML?.(markup) ?? markup);
  return holder;
}
