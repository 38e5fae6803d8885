/** How a page may place a text among its own buttons. `@` is the place of the text. */
export const layouts: Readonly<Record<string, string>> = {
  blocks:
    '<div class="b">top</div><div class="b s">side</div><div id="out">@</div><div class="b">bottom</div>',
  grid: '<div style="display: grid; grid-template-columns: 120px 300px 120px"><div class="b">left</div><div id="out">@</div><div class="b">right</div></div><div class="b">bottom</div>',
  row: '<div class="b">top</div><div style="display: flex"><div class="b">left</div><div id="out" style="width: 300px">@</div><div class="b">right</div></div>',
  column:
    '<div style="display: flex; flex-direction: column; width: 300px"><div class="b">top</div><div id="out">@</div><div class="b">bottom</div></div>',
  'right to left':
    '<div dir="rtl"><div class="b">top</div><div class="b s">side</div><div id="out" style="width: 300px">@</div><div class="b">bottom</div></div>',
  // Here the text's own box is the item.
  'item of a grid':
    '<div style="display: grid; grid-template-columns: 120px 300px 120px"><div class="b">left</div><div id="out" style="display: contents">@</div><div class="b">right</div></div><div class="b">bottom</div>',
  'item of a row':
    '<div style="display: flex; width: 500px"><div class="b">left</div><div id="out" style="display: contents">@</div><div class="b">right</div></div><div class="b">bottom</div>',
  'item of a column':
    '<div style="display: flex; flex-direction: column; width: 300px; height: 500px"><div class="b">top</div><div id="out" style="display: contents">@</div><div class="b">bottom</div></div>',
  float:
    '<div id="out" style="float: left; width: 300px">@</div><div class="b">side</div><div class="b">below</div>',
  table:
    '<table><tbody><tr><td class="b">left</td><td id="out">@</td><td class="b">right</td></tr><tr><td class="b">bottom</td></tr></tbody></table>',
};

/** Runs in the page: the markups that, in one of the layouts, are hit where a button of the page is. */
export function covered(options: {
  readonly layouts: Readonly<Record<string, string>>;
  readonly markups: readonly string[];
}): string[] {
  document.head.innerHTML =
    '<style>body { margin: 300px 400px } .b { min-width: 120px; min-height: 60px; background: #ddd; display: flow-root } td.b { display: table-cell } .s { float: right; width: 120px }</style>';
  const found: string[] = [];
  const offsets = [0.02, 0.3, 0.5, 0.7, 0.98];
  const hit = (button: Element, out: Element | null): boolean => {
    button.scrollIntoView({ block: 'center', inline: 'center' });
    const { x, y, width, height } = button.getBoundingClientRect();
    return offsets.some((dx) =>
      offsets.some((dy) => out?.contains(document.elementFromPoint(x + dx * width, y + dy * height))),
    );
  };
  for (const markup of options.markups) {
    for (const [name, page] of Object.entries(options.layouts)) {
      document.body.innerHTML = page.replace('@', () => markup);
      const out = document.querySelector('#out');
      if ([...document.querySelectorAll('.b')].some((button) => hit(button, out)))
        found.push(`${name}: ${markup}`);
    }
  }
  document.body.replaceChildren();
  return found;
}
