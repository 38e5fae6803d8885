/**
 * Escapes for element text, `<title>`, `<textarea>` and quoted attributes alike: one escaper for all of them, so that
 * a parser which is in another of these states than expected still finds no markup.
 *
 * A carriage return is written as a reference, because the input stream would turn it into a line feed; NUL and halves
 * of a surrogate pair, which no document can hold, become U+FFFD.
 */
export function escapeHtml(text: string): string {
  return special.test(text) ? wellFormed(text).replace(everySpecial, replacementOf) : text;
}

// Patterns rather than loops over `charCodeAt`: these take four times as long once anything in the process has made
// an object whose prototype is `String.prototype`, as template engines do for their safe strings.
const special = /[&<>"'\r\0\ud800-\udfff]/;
const everySpecial = /[&<>"'\r\0]/g;

function replacementOf(character: string): string {
  switch (character) {
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

/** Halves of a surrogate pair become U+FFFD, as every UTF-8 encoder would have it. */
export function wellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}
