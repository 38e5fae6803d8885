/** A file that may run in browsers, or generate code for them: a script, a page, a template or a bundle. */
export interface ClientFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Returns a predicate: whether browser code may use the cookie of a given name, so that `HttpOnly` could break it. True if
 * some file accesses cookies from scripts, and the name or a part of it occurs outside the server's own cookie calls. True
 * for every name if the files are unknown, or if one reads `document.cookie`, the text of all cookies.
 */
export function cookieReaders(files: () => Iterable<ClientFile> | undefined): (name: string) => boolean {
  let readers: readonly ClientFile[] | undefined;
  let others: readonly ClientFile[] = [];
  let isUnknown = false;
  let isAnyRead = false;
  return (name) => {
    if (readers === undefined && !isUnknown) {
      const all = files();
      isUnknown = all === undefined;
      const texts = [...(all ?? [])];
      readers = texts.filter(({ text }) => scriptCookies.test(text));
      others = texts;
      isAnyRead = texts.some(({ text }) => readsDocumentCookie(text));
    }
    if (isUnknown || isAnyRead || name.length < 2) return true;
    if (readers?.length === 0) return false;
    return (
      (readers ?? []).some(({ text }) => hasWord(text, name) || hasPartOf(text, name)) ||
      others.some(({ text }) => isNamedOutsideServer(text, name))
    );
  };
}

/** How scripts access cookies: by the platform, or by packages for it. */
const scriptCookies =
  /\bdocument\s{0,9}(?:\?\.|\.)\s{0,9}cookie\b|\bdocument\s{0,9}\[\s{0,9}["'`]cookie|\{[^{}]{0,200}\bcookie\b[^{}]{0,200}\}\s{0,9}=\s{0,9}(?:window\s{0,9}\.\s{0,9})?document\b|\bcookieStore\b|\$\.cookie\b|\bxsrfCookieName\b|\b(?:js|es|tiny|universal|react|vue|ngx|svelte|typescript|jquery)[-.]cookies?\b|\bcookies?-(?:universal|next)\b|\buseCookies?\b|\bCookies\.(?:get|getJSON|set|remove)\b|\b(?:get|read)Cookie\b/;

/** Reads of `document.cookie` under any of its names. An assignment to it is no read. */
function readsDocumentCookie(text: string): boolean {
  if (!/document/i.test(text)) return false;
  if (destructured.test(text) || handedOver.test(text)) return true;
  const aliases = new Set([...text.matchAll(documentAlias)].map(([, name]) => name));
  for (const { 1: receiver = '', 2: member } of text.matchAll(memberRead)) {
    if (/document$|^doc$|^[)\]]$/i.test(receiver) || aliases.has(receiver)) return true;
    // A bundler's name for a `document` that is passed to a function.
    if (member === undefined && /^[a-z_$]{1,2}$/i.test(receiver)) return true;
  }
  return false;
}

const gap = String.raw`(?:\s|/\*[^*]{0,80}\*/){0,9}`;
const memberRead = new RegExp(
  String.raw`([\w$]{1,40}|[)\]])${gap}!?${gap}(?:(?:\?\.|\.)${gap}cookie\b|(?:\?\.)?${gap}(\[)${gap}["'\x60]cookie["'\x60]${gap}\])(?!${gap}(?:=(?![=>])|\())`,
  'g',
);
const documentAlias =
  /([\w$]{1,40})\s{0,9}=\s{0,9}(?:[\w$]{1,40}\s{0,9}\.\s{0,9}){0,3}document\b(?!\s{0,9}[.([])/g;
const destructured =
  /\{[^{}]{0,200}\bcookie\b[^{}]{0,200}\}\s{0,9}=\s{0,9}(?:[\w$]{1,40}\s{0,9}\.\s{0,9}){0,3}\w{0,20}document\b(?!\s{0,9}[.([])/i;
/** `Reflect.get(document, 'cookie')`, `document['coo' + 'kie']`. */
const handedOver = /\bdocument\s{0,9}(?:,\s{0,9}["'`]cookie|\[\s{0,9}["'`]c[a-z]{0,5}["'`]\s{0,9}\+)/;

/** The name itself, not a part of a longer one: `session_key` is not `session`. */
function hasWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[\w-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + name.length))) return true;
  }
  return false;
}

/** `'app_'` and `'token'` of `app_token`, joined elsewhere. */
function hasPartOf(text: string, name: string): boolean {
  for (let length = 3; length < name.length; length++) {
    for (const part of [name.slice(0, length), name.slice(-length)]) {
      for (const quote of ['"', "'", '`']) {
        if (
          text.includes(`${quote}${part}${quote}`) ||
          text.includes(`${part}\${`) ||
          text.includes(`}${part}`)
        )
          return true;
      }
    }
  }
  return false;
}

/** Whether a name is passed to anything but the calls by which a server reads and writes cookies. */
function isNamedOutsideServer(text: string, name: string): boolean {
  for (const quote of ['"', "'", '`']) {
    const literal = `${quote}${name}${quote}`;
    for (let at = text.indexOf(literal); at >= 0; at = text.indexOf(literal, at + literal.length)) {
      if (!ofServer.test(text.slice(Math.max(0, at - 80), at))) return true;
    }
  }
  return false;
}

const ofServer =
  /\.\s{0,9}(?:cookie|clearCookie|setCookie)\s{0,9}\(\s{0,9}$|\b(?:req|request)\s{0,9}\.\s{0,9}(?:signedC|c)ookies\s{0,9}(?:\?\.)?\[\s{0,9}$|\b(?:app|router|server|db)\s{0,9}\.\s{0,9}\w{1,20}\(\s{0,9}$/;
