import { articleAttributes, droppedElements } from './article.ts';
import { implementationOf, nativeSetHtml, setInnerHtml } from './native.ts';
import { makePolicy, type PolicyRules } from './trusted-types-api.ts';

/**
 * An allow list of attributes, and nothing of what is dropped with its content. What is unknown stays for the writer,
 * which keeps its text: in "Ann <ann@example.com> wrote", the parser sees an element.
 */
const sanitizer: object = {
  removeElements: droppedElements,
  attributes: articleAttributes,
  comments: false,
  dataAttributes: false,
};

let policy: PolicyRules | undefined;

/**
 * Parses markup into a document that is shown nowhere: no script in it runs, no handler fires, and nothing loads. By the
 * Sanitizer API where there is one, which needs no Trusted Types policy.
 */
export function parseInert(markup: string): Element {
  const holder = implementationOf(document).createHTMLDocument('').createElement('div');
  try {
    if (nativeSetHtml) {
      nativeSetHtml(holder, markup, { sanitizer });
      return holder;
    }
  } catch {
    // An API of an earlier draft, which takes other options.
  }
  policy ??= makePolicy('bulwark-parse', { createHTML: (text) => text }) ?? {};
  setInnerHtml(holder, policy.createHTML?.(markup) ?? markup);
  return holder;
}
