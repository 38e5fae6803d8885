import { type Diagnosis, ok, unknown, wrong } from '../diagnosis.ts';
import { isLoopbackHost } from './addresses.ts';
import { valuesOf } from './ask-url.ts';
import type { Visit, Visits } from './visit.ts';

const id = 'cookies';

interface Cookie {
  readonly name: string;
  /** In lower case. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** Whether browsers keep the cookies of the pages that were read, and send them only where they should. */
export function diagnoseCookies(visits: Visits): Diagnosis {
  const { url } = visits.page.answer;
  const sessionCookie = visits.fresh.seen?.setup.sessionCookie ?? visits.page.seen?.setup.sessionCookie;
  const read = [visits.page, visits.again, visits.fresh, ...visits.others];
  const cookies = unique(read.flatMap(cookiesOf));
  const faults = cookies.flatMap((cookie) => faultsOf(cookie, url, sessionCookie));
  const planned = sessionCookie !== undefined && !cookies.some(({ name }) => name === sessionCookie);
  if (planned && isPublic(url) && !sessionCookie.startsWith('__Host-')) {
    faults.push({
      seen: `the session's cookie will be ${sessionCookie}, without Secure`,
      fix: 'sessions({ ... }) without cookie.allowInsecure',
    });
  }
  if (faults.length > 0) {
    return wrong(id, 'Browsers drop a cookie, or send it where they should not.', {
      evidence: faults.map(({ seen }) => seen),
      why: 'A session is lost, or another site or someone on the network can use it (CWE-614, CWE-1004, CWE-1275).',
      fix: [...new Set(faults.map(({ fix }) => fix))],
    });
  }
  const names = cookies.map(({ name }) => `${name} is set`);
  if (planned) names.push(`the session's cookie will be ${sessionCookie}, which no page has set yet`);
  if (names.length === 0) {
    return unknown(id, 'No page that was read sets a cookie.', [], ['Name one that does: --path /log-in']);
  }
  return ok(id, 'Browsers keep the cookies, and send them only where they should.', names);
}

interface Fault {
  readonly seen: string;
  readonly fix: string;
}

const sensitive =
  /sess|sid$|^sid|csrf|xsrf|token$|(?:^|[-_.])(?:auth(?:n|z|entication|orization)?|jwt|token|login|remember(?:[-_.]?me)?)(?![a-z])/i;

function faultsOf({ name, attributes }: Cookie, url: URL, sessionCookie: string | undefined): Fault[] {
  const faults: Fault[] = [];
  const add = (seen: string, fix: string): void => void faults.push({ seen: `${name} ${seen}`, fix });
  const secure = attributes.has('secure');
  const sameSite = attributes.get('samesite')?.toLowerCase();
  if (/^__host-/i.test(name)) {
    const path = attributes.get('path') ?? 'none';
    if (path !== '/')
      add(`has the path ${path}, so browsers drop it`, 'nginx: remove proxy_cookie_path for this cookie');
    if (attributes.has('domain'))
      add('has a domain, so browsers drop it', 'nginx: remove proxy_cookie_domain for this cookie');
  }
  if (/^__(?:host|secure)-/i.test(name) && !secure) {
    add(
      'has no Secure, so browsers drop it',
      'set Secure, and nginx: remove `nosecure` from proxy_cookie_flags',
    );
  } else if (secure && url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    add('is Secure, so browsers drop it at an http URL', 'end TLS at the proxy');
  }
  if (sameSite === 'none' && !secure)
    add('is SameSite=None without Secure, so browsers drop it', 'set Secure');
  if (name !== sessionCookie && !sensitive.test(name)) return faults;
  if (!secure && isPublic(url) && !/^__/.test(name)) add('has no Secure', `Set-Cookie: ${name}=...; Secure`);
  if (sameSite === undefined) add('has no SameSite', `Set-Cookie: ${name}=...; SameSite=Lax`);
  // Scripts read tokens against CSRF on purpose.
  if (!attributes.has('httponly') && !/csrf|xsrf/i.test(name))
    add('has no HttpOnly', `Set-Cookie: ${name}=...; HttpOnly`);
  return faults;
}

/** Anything but plain HTTP on the developer's own machine. */
function isPublic(url: URL): boolean {
  return url.protocol === 'https:' || !isLoopbackHost(url.hostname);
}

function cookiesOf({ answer }: Visit): Cookie[] {
  return valuesOf(answer, 'set-cookie').flatMap((line) => {
    const [pair = '', ...rest] = line.split(';');
    const attributes = rest.map((part): [string, string] => {
      const [name = '', ...value] = part.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim()];
    });
    const [name = '', ...value] = pair.split('=');
    // One that is removed holds nothing.
    if (value.join('').trim() === '') return [];
    return [{ name: name.trim(), attributes: new Map(attributes) }];
  });
}

function unique(cookies: readonly Cookie[]): Cookie[] {
  const known = new Map(
    cookies.map((cookie) => [`${cookie.name} ${JSON.stringify([...cookie.attributes])}`, cookie]),
  );
  return [...known.values()];
}
