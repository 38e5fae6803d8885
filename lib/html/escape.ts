/**
 * Escapes for element text, `<title>`, `<textarea>` and quoted attributes alike: one escaper for all of them, so that
 * a parser which is in another of these states than expected still finds no markup.
 *
 * A carriage return is written as a reference, because the input stream would turn it into a line feed; NUL and halves
 * of a surrogate pair, which no document can hold, become U+FFFD.
 */
export function escapeHtml(text: string): string {
  return special.test(text) ? text.replace(specials, replacement) : text;
}

/** Halves of a surrogate pair become U+FFFD, as every UTF-8 encoder would have it. */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogates, '\ufffd');
}

const lone = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';
const loneSurrogates = new RegExp(lone, 'g');
const special = /[&<>"'\r\0\ud800-\udfff]/;
const specials = new RegExp(`[&<>"'\\r\\0]|${lone}`, 'g');

function replacement(found: string): string {
  switch (found) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    case '"':
      return '&quot;';
    case "'":
      return '&#39;';
    case '\r':
      return '&#13;';
    default:
      return '\ufffd';
  }
}
