/** The sanitiser's escapes, as a browser's own serialiser writes the same text. */
export function asSerialised(markup: string): string {
  return markup
    .split(/(<[^>]*>)/)
    .map((piece) => {
      const text = piece.replaceAll('&#39;', "'").replaceAll('&#13;', '\r').replaceAll('\u00a0', '&nbsp;');
      return piece.startsWith('<') ? text : text.replaceAll('&quot;', '"');
    })
    .join('')
    .replace(/<pre([^>]*)>\n/g, '<pre$1>');
}

/** Runs in the page: what its own serialiser makes of the tree that it builds. */
export function serialised(outputs: readonly string[]): string[] {
  return outputs.map((output) => {
    const holder = document.createElement('div');
    holder.innerHTML = output;
    return holder.innerHTML;
  });
}
