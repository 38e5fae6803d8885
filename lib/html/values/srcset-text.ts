/** One image in the text of a `srcset`. */
export interface ImageText {
  /** Where its URL starts. */
  readonly start: number;
  readonly url: string;
  /** Such as `2x`; empty where there is none. */
  readonly descriptor: string;
}

/**
 * Reads the text of a `srcset` as the HTML standard does (4.8.4.3.10): a URL ends at white space, and a comma at its end
 * ends the image. By sticky patterns and loops, each character once.
 */
export function imagesIn(text: string): readonly ImageText[] {
  const images: ImageText[] = [];
  let at = 0;
  for (;;) {
    const start = skip(between, text, at);
    if (start === text.length) return images;
    const urlEnd = skip(notSpace, text, start);
    const url = trimCommas(text.slice(start, urlEnd));
    if (text[urlEnd - 1] === ',') {
      images.push({ start, url, descriptor: '' });
      at = urlEnd;
      continue;
    }
    at = skip(notComma, text, urlEnd);
    images.push({ start, url, descriptor: text.slice(urlEnd, at).trim() });
  }
}

/** Without the commas at its ends. */
export function trimCommas(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && text[start] === ',') start++;
  while (end > start && text[end - 1] === ',') end--;
  return text.slice(start, end);
}

const between = /[\t\n\f\r ,]*/y;
const notSpace = /[^\t\n\f\r ]*/y;
const notComma = /[^,]*/y;

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
