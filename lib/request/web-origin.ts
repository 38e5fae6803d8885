/**
 * The one spelling of an http or https origin, as browsers write it in `Origin`: lower case, an international name in its
 * ASCII form, no default port. Undefined for anything else, such as `null`, a list, or a URL with a path or a user.
 *
 * @example
 * ```text
 * webOrigin('HTTPS://Shop.Example.com:443')  'https://shop.example.com'
 * webOrigin('https://shop.example.com/')     undefined
 * ```
 */
export function webOrigin(text: string): string | undefined {
  if (text.length > longest || !shape.test(text)) return undefined;
  try {
    // Not `URL.canParse`, which Node 20 compiles wrongly for letters beyond ASCII.
    const { origin, host } = new URL(text);
    return host === '' ? undefined : origin;
  } catch {
    return undefined;
  }
}

/** A host name of 253 characters, in its longest international spelling, with scheme and port. */
const longest = 1_024;

/**
 * What delimits another part of a URL, what a list or a quoted value is written with, and percent signs, which a URL parser
 * decodes in a host, are in no origin.
 */
const shape = /^https?:\/\/[^\p{Cc}\p{Z}/\\?#@%,;'"`<>*|^{}]+$/iu;
