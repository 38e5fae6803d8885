/** Not by `URL.canParse`: on Node 20 its fast path refuses URLs with letters such as \u00fc, once it was optimised. */
export function parseUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
