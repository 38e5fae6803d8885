/** A text in one line of printable characters, so that one finding stays one line of a diff. */
export function oneLine(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (char) => {
    if (char === '\n') return '\\n';
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
