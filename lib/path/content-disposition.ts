/**
 * The `Content-Disposition` header for a file, whatever its name (RFC 6266, RFC 8187). The header has the name twice: in UTF-8, and in ASCII for
 * old clients. Path separators, control characters and characters that reverse the reading direction become `_`, so the name can neither end the
 * header nor look like another type (CWE-113, CWE-451).
 *
 * @param name the name that the browser suggests; at most 255 bytes of it are sent, and its extension is kept
 *
 * @example
 * ```ts
 * import { contentDisposition } from 'bulwark/path';
 *
 * contentDisposition('attachment', 'report.pdf'); // 'attachment; filename="report.pdf"'
 * contentDisposition('attachment', 'caf\u00e9.pdf'); // `attachment; filename="caf_.pdf"; filename*=UTF-8''caf%C3%A9.pdf`
 * ```
 */
export function contentDisposition(kind: 'attachment' | 'inline', name: string): string {
  const shown = downloadName(name);
  // Some browsers decode %20 in the ASCII name, so it never has a percent sign.
  const ascii = shown.replace(/[^\x20-\x7e]|[%"\\]/gu, '_');
  const plain = `${kind}; filename="${ascii}"`;
  return ascii === shown ? plain : `${plain}; filename*=UTF-8''${attributeText(shown)}`;
}

/** A name that a browser can save under, and that looks like what it is. */
function downloadName(name: string): string {
  const clean = withoutMiddle(name)
    .toWellFormed()
    .normalize('NFC')
    .replace(unwanted, '_')
    // Windows drops them, and the rest may have another extension.
    .replace(/[. ]+$/, '')
    .trimStart();
  return shortened(clean) || 'download';
}

/** Separators, controls, and characters that are invisible or change the reading direction. */
const unwanted = /[/\\:*?<>|\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Only as much of the middle is read as can be sent: `normalize` takes seconds for 100,000 accents on one letter (CWE-407). */
function withoutMiddle(name: string): string {
  return name.length > 2_048 ? name.slice(0, 1_024) + name.slice(-1_024) : name;
}

const mostBytes = 255;

function shortened(name: string): string {
  if (Buffer.byteLength(name) <= mostBytes) return name;
  const extension = /\.[a-z\d]{1,10}$/i.exec(name)?.[0] ?? '';
  const room = mostBytes - extension.length;
  let stem = '';
  let bytes = 0;
  for (const character of name.slice(0, mostBytes)) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    stem += character;
  }
  return stem + extension;
}

/** `ext-value` characters of RFC 8187: `encodeURIComponent` leaves four characters that are not among them. */
function attributeText(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
