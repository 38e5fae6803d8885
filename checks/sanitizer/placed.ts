/** Runs in the page: where each element of a text is shown, and how wide what scrolls is. */
export function placed(options: {
  readonly markup: string;
  readonly width: number;
  readonly box: boolean;
}): string[] {
  document.head.innerHTML = '<style>body { margin: 0 } #out { display: flow-root }</style>';
  document.body.innerHTML = `<div id="out" style="width: ${options.width}px"></div>`;
  const out = document.querySelector('#out') as HTMLElement;
  out.innerHTML = options.markup;
  const root = options.box ? (out.firstElementChild?.firstElementChild as HTMLElement) : out;
  const shown = [...root.querySelectorAll('*')].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return `${element.localName} ${[x, y, width, height].map((one) => one.toFixed(1)).join(' ')}`;
  });
  document.body.replaceChildren();
  return shown;
}
