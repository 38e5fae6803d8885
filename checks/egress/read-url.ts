/** Not by `URL.canParse`, whose fast path on Node 20 refuses hosts outside of ASCII once it was optimised. */
export function readUrl(text: string, base?: URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
