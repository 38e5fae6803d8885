/**
 * Writes every character that a terminal, a log viewer or a line-based parser would act on as its escape: C0 and C1
 * controls (ESC, CR, LF), line and paragraph separators, and the marks that turn the direction of text around
 * (CVE-2021-42574). What remains prints as what it is (CWE-117).
 */
export function visible(text: string): string {
  return text.replace(acting, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const acting =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
