import { voidElements } from './article.ts';

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\u00a0': '&nbsp;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"\u00a0]/g, (c) => references[c] as string);
}

/**
 * Serialises nodes that `clean` made: at most 100 levels deep, and without names that shadow properties. `innerHTML` would work, but
 * browsers before 2025 don't escape `<` in attributes, which could end a `<noscript>` that the markup is inserted into.
 */
export function markupOf(parent: Node): string {
  let markup = '';
  for (const node of parent.childNodes) {
    if (!(node.nodeType === 1)) {
      markup += escapeText(node.nodeValue ?? '');
      continue;
    }
    const { localName, attributes } = node as Element;
    markup += `<${localName}`;
    for (const { name, value } of attributes) markup += ` ${name}="${escapeText(value)}"`;
    markup += '>';
    if (voidElements.has(localName)) continue;
    const inner = markupOf(node);
    // The parser drops a line feed that follows `<pre>`.
    markup += `${localName === 'pre' && inner.startsWith('\n') ? '\n' : ''}${inner}</${localName}>`;
  }
  return markup;
}
