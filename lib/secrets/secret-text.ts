/**
 * The text of a secret, from whatever source, without the line break that editors and `echo` put at its end. Or what is wrong
 * with it, as the end of a sentence that begins with its name.
 */
export function readText(written: string): { readonly text: string } | { readonly problem: string } {
  if (written.length > mostCharacters) return { problem: `has more than ${mostCharacters} characters` };
  const text = withoutLineBreaks(written.replace(/^\ufeff/, ''));
  if (text === '') return { problem: 'is empty' };
  if (text.includes('\0')) return { problem: 'contains a NUL character' };
  if (text.includes('\ufffd')) return { problem: 'contains bytes that are not UTF-8' };
  if (/[^\P{Cc}\t\r\n]/u.test(text)) return { problem: 'contains control characters' };
  if (text.trim() !== text) return { problem: 'begins or ends with white space' };
  return { text };
}

const mostCharacters = 65_536;

function withoutLineBreaks(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return text.slice(0, end);
}
