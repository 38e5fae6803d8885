/** The part of `next/headers` that this package uses. */
export interface NextHeaders {
  headers(): Promise<Headers>;
  cookies(): Promise<CookieStore>;
}

interface CookieStore {
  getAll(): readonly { readonly name: string; readonly value: string }[];
  set(name: string, value: string, attributes: Readonly<Record<string, unknown>>): unknown;
}

/** Loaded at the first request, so that this package can be imported without Next.js. The literal name lets bundlers find it. */
export function nextHeaders(): Promise<NextHeaders> {
  return import('next/headers.js') as Promise<NextHeaders>;
}
