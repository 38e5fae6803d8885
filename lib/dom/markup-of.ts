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
 * The markup of nodes that `clean` made: at most a hundred deep, and shadowed by nothing. `innerHTML` would do, but
 * browsers before 2025 leave `<` in attributes as it is, which ends a `<noscript>` that the markup is pasted into.
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
