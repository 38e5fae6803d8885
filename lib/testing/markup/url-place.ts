/** As URL parsers see it (URL standard, 4.4): control characters and spaces in front, tabs and line ends anywhere, fall out. */
export function bareUrl(url: string): string {
  let start = 0;
  while (start < url.length && url.charCodeAt(start) <= 32) start++;
  return url.slice(start).replace(/[\t\n\r]/g, '');
}

/** Whether the page came by the one or the other is not known, and `http:a` is relative in the one alone. */
const bases = ['http://page.invalid', 'https://page.invalid'] as const;

/**
 * Where a URL leads: `` for the place that the page came from, as for every relative one; `https://a.example`; `data:`.
 * Who chooses it chooses the code that is loaded from there.
 */
export function placeOf(url: string): string {
  const places = bases.map((base) => {
    // What is no URL is not loaded.
    if (!URL.canParse(url, base)) return '';
    const { protocol, origin } = new URL(url, base);
    if (origin === base) return '';
    return origin === 'null' ? protocol : origin;
  });
  return places[0] === places[1] ? (places[0] as string) : places.join(' ');
}

/** The code of a `javascript:` URL, decoded as it is before it runs; undefined for any other. */
export function scriptOfUrl(url: string): string | undefined {
  const found = /^(?:javascript|vbscript|livescript):([\s\S]*)$/i.exec(bareUrl(url));
  const decode = (_whole: string, digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));
  return found?.[1]?.replace(/%([\da-f]{2})/gi, decode);
}
