/**
 * What `align` says of a cell, a paragraph or a heading whose `style` has a `text-align`: where no style may be set, the
 * alignment that Markdown renderers and editors write is kept by the attribute.
 */
export function textAlignOf(style: string): string | undefined {
  const found = /(?:^|;)\s*text-align\s*:\s*(left|right|center|justify)\s*(?:!\s*important\s*)?(?:;|$)/i.exec(
    style.slice(0, 1000),
  );
  return found?.[1]?.toLowerCase();
}
