/**
 * The box around sanitised mail. Lengths cannot be bounded one by one: a hundred small paddings are as wide as a large
 * one, and an image needs no style to be wide. So the output is clipped as a whole, and what is too wide scrolls.
 *
 * As an item of a column the box keeps its height (`min-height`). The inner `<div>` has no height that a percentage
 * could refer to, which would outgrow a box that its grid or row stretches.
 */
const start =
  '<div style="overflow-x: auto; overflow-y: hidden; max-width: 100%; min-height: min-content"><div>';
const end = '</div></div>';

export function inClipBox(markup: string): string {
  // Text alone holds nothing to click.
  return markup.includes('<') ? start + markup + end : markup;
}

/** What is in the box, so that sanitising again gives one box and not two. Other markup as it is. */
export function withoutClipBox(markup: string): string {
  return markup.startsWith(start) && markup.endsWith(end) ? markup.slice(start.length, -end.length) : markup;
}

/** True where one of `styles` can take an element out of the box of its text. */
export function canOverflow(styles: readonly string[]): boolean {
  return styles.some((name) => !stays.test(name));
}

/** Properties that change how an element looks, and neither its size nor its place. */
const stays =
  /^(?:background(?:-color)?|border(?:-top|-right|-bottom|-left)?-color|border-(?:collapse|radius)|caption-side|color|empty-cells|font-(?:family|style|variant|weight)|list-style(?:-type)?|overflow-wrap|text-(?:align|decoration|transform)|word-(?:break|wrap))$/;
