import type { NextHeaders } from './next-headers.ts';

/** Sets the cookie of a `Set-Cookie` line with `cookies()` of Next.js, for responses that Next.js makes itself. */
export function setCookie(store: Awaited<ReturnType<NextHeaders['cookies']>>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const equals = pair.indexOf('=');
  const given: Record<string, unknown> = {};
  for (const attribute of attributes) {
    const [name = '', value = ''] = attribute.split('=', 2);
    const known = readers[name.toLowerCase()];
    if (known) Object.assign(given, known(value));
  }
  // It encodes the value again.
  store.set(pair.slice(0, equals), decode(pair.slice(equals + 1)), given);
}

const readers: Readonly<Record<string, (value: string) => object>> = Object.assign(Object.create(null), {
  path: (path: string) => ({ path }),
  domain: (domain: string) => ({ domain }),
  'max-age': (seconds: string) => ({ maxAge: Number(seconds) }),
  expires: (date: string) => ({ expires: new Date(date) }),
  samesite: (value: string) => ({ sameSite: value.toLowerCase() }),
  secure: () => ({ secure: true }),
  httponly: () => ({ httpOnly: true }),
  partitioned: () => ({ partitioned: true }),
});

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
