/** What this package needs of `next/headers`. */
export interface NextHeaders {
  headers(): Promise<Headers>;
  cookies(): Promise<CookieStore>;
}

interface CookieStore {
  set(name: string, value: string, attributes: Readonly<Record<string, unknown>>): unknown;
}

/** Loaded at the first request, so that these functions can be imported where Next.js is absent. A bundler finds it by its name. */
export function nextHeaders(): Promise<NextHeaders> {
  return import('next/headers.js') as Promise<NextHeaders>;
}
