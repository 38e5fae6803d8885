/**
 * Escapes for element text, `<title>`, `<textarea>` and quoted attributes alike: one escaper for all of them, so that
 * a parser which is in another of these states than expected still finds no markup.
 *
 * A carriage return is written as a reference, because the input stream would turn it into a line feed; NUL and halves
 * of a surrogate pair, which no document can hold, become U+FFFD.
 */
export function escapeHtml(text: string): string {
  const { length } = text;
  const first = length < long ? 0 : text.search(special);
  if (first === -1) return text;
  let escaped = '';
  let done = 0;
  for (let i = first; i < length; i++) {
    const code = text.charCodeAt(i);
    // Most characters are beyond the last of the special ones, and before the surrogates.
    if (code > 0x3e) {
      if (code < 0xd800 || code > 0xdfff) continue;
      // The second half of a pair.
      if (isPair(text, i, code)) {
        i++;
        continue;
      }
      escaped += `${text.slice(done, i)}\ufffd`;
    } else {
      const place = places[code] as number;
      if (place === 0) continue;
      escaped += text.slice(done, i) + replacements[place];
    }
    done = i + 1;
  }
  return done === 0 ? text : escaped + text.slice(done);
}

/** From here on a native search is quicker than a loop. */
const long = 24;
const special = /[&<>"'\r\0\ud800-\udfff]/;

const replacements = ['', '&amp;', '&lt;', '&gt;', '&quot;', '&#39;', '&#13;', '\ufffd'];
/** By character code, up to that of `>`: the place of its replacement, or 0 for none. */
const places: Uint8Array = Uint8Array.from(
  { length: 0x3f },
  (_, code) => 1 + `&<>"'\r\0`.indexOf(String.fromCharCode(code)),
);

function isPair(text: string, at: number, code: number): boolean {
  const next = text.charCodeAt(at + 1);
  return code < 0xdc00 && next >= 0xdc00 && next <= 0xdfff;
}

/** Halves of a surrogate pair become U+FFFD, as every UTF-8 encoder would have it. */
export function wellFormed(text: string): string {
  return anySurrogate.test(text) ? text.replace(loneSurrogates, '\ufffd') : text;
}

const anySurrogate = /[\ud800-\udfff]/;
const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
