/**
 * The text as read by a layer that normalises it (NFKC), drops invisible characters, or converts it to an old code page of Windows, where "best
 * fit" makes slashes and dots of other characters (the yen sign is the backslash of code page 932, the won sign that of 949; CVE-2024-4577). Also
 * as read by a layer that takes `0x2f` for a slash, as in dotdotpwn. Use it only to find dot segments: real names have such characters too.
 */
export function foldLookAlikes(text: string): string {
  const folded = text.replace(/0x(2e|2f|5c)/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (isAscii(text)) return folded;
  return folded
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC')
    .replace(/[\u2044\u2215\u29f8\u2571\uefc8\uf025]/g, '/')
    .replace(/[\u2216\u29f5\u29f9\u2572\u00a5\u20a9\u20a5]/g, '\\')
    .replace(/[\u3002\u06d4\u0701\u0702\u00b7]/g, '.');
}

function isAscii(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}
