/** Stands for the application's own origin. The name can never exist (RFC 6761). */
const base = 'https://own.invalid';

/** How often a proxy or a framework between here and the browser might decode the location again. */
const mostDecodings = 3;

/**
 * The normal form of a path of this application, with query and fragment, or undefined if a browser would leave the origin.
 *
 * Browsers strip tabs and line breaks, treat backslashes as slashes and resolve dots, so `/\evil.example`, `/\t/evil.example` and
 * `/.//evil.example` all name another host. The text is therefore parsed as browsers do. It must stay on the origin even if something decodes
 * it again, or normalises full-width slashes.
 */
export function ownPath(text: string): string | undefined {
  if (!text.startsWith('/')) return undefined;
  const location = resolve(text);
  if (location === undefined) return undefined;
  // What is sent is what is decoded, and dots may have been resolved since.
  let decoded = location;
  for (let i = 0; i < mostDecodings && decoded.includes('%'); i++) {
    decoded = decode(decoded);
    if (resolve(decoded) === undefined || resolve(decoded.normalize('NFKC')) === undefined) return undefined;
  }
  return location;
}

function resolve(text: string): string | undefined {
  if (/^[^?#]*\p{Cc}/u.test(text)) return undefined;
  const url = parse(text);
  if (url?.origin !== base || url.username !== '' || url.password !== '') return undefined;
  // Dots are resolved now: what they leave must not be a host either.
  if (url.pathname.startsWith('//')) return undefined;
  return url.pathname + url.search + url.hash;
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** As lenient decoders do: a malformed sequence must not hide the others. */
function decode(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    const bytes = run
      .slice(1)
      .split('%')
      .map((hex) => Number.parseInt(hex, 16));
    return new TextDecoder().decode(new Uint8Array(bytes));
  });
}
