/**
 * Writes every character that a terminal, a log viewer or a line-based parser would act on as its escape: C0 and C1
 * controls (ESC, CR, LF), line and paragraph separators, the marks that turn the direction of text around
 * (CVE-2021-42574), the invisible tag characters, and halves of surrogate pairs. What remains prints as what it is
 * (CWE-117). The joiners U+200C and U+200D stay, because Persian and emoji need them.
 *
 * @example
 * ```ts
 * import { visible } from 'bulwark/event';
 *
 * visible('ok\r\nadmin logged in'); // 'ok\\u000d\\u000aadmin logged in'
 * ```
 */
export function visible(text: string): string {
  return text.replace(acting, (found) => {
    let escaped = '';
    for (let i = 0; i < found.length; i++)
      escaped += `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`;
    return escaped;
  });
}

const acting =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
