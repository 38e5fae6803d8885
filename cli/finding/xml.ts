/**
 * Text for element content and for attributes in double quotes. What XML 1.0 cannot hold, even escaped, is spelt out:
 * U+0000 becomes `\u{0}`.
 */
export function xmlText(text: string): string {
  return text.replace(special, (sign) => {
    const point = sign.codePointAt(0) ?? 0;
    return entities[sign] ?? (isChar(point) ? `&#${point};` : `\\u{${point.toString(16)}}`);
  });
}

const special = /[&<>"'\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** https://www.w3.org/TR/xml/#charsets */
function isChar(point: number): boolean {
  if (point < 0x20) return point === 0x9 || point === 0xa || point === 0xd;
  return (point < 0xd800 || point > 0xdfff) && point !== 0xfffe && point !== 0xffff;
}
