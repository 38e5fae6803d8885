import { attack, type PageCase } from './page-case.ts';

/** `setHtml` with elements that take no markup, values that are none, and too much of it. */
export const htmlPlaceCases: readonly PageCase[] = [
  ...[
    'script',
    'style',
    'template',
    'textarea',
    'title',
    'noscript',
    'iframe',
    'xmp',
    'noembed',
    'noframes',
    'plaintext',
    'object',
  ].map((tag) =>
    attack(
      `markup for a <${tag}>`,
      new Function(
        `const one = document.body.appendChild(document.createElement('${tag}')); const code = window.codeOf(() => window.bulwarkDom.setHtml(one, '<b>x</b>')); const left = one.outerHTML; one.remove(); return code === 'dom/unsafe-element' ? '' : (code || 'accepted: ' + left);`,
      ) as () => string,
    ),
  ),
  ...['svg', 'g', 'foreignObject', 'script', 'style', 'title', 'desc'].map((tag) =>
    attack(
      `markup for an SVG <${tag}>`,
      new Function(
        `const one = document.createElementNS('http://www.w3.org/2000/svg', '${tag}'); const code = window.codeOf(() => window.bulwarkDom.setHtml(one, '<b>x</b>')); return code === 'dom/unsafe-element' ? '' : (code || 'accepted: ' + one.outerHTML);`,
      ) as () => string,
    ),
  ),
  attack('markup for a MathML element', () => {
    const code = window.codeOf(() =>
      window.bulwarkDom.setHtml(
        document.createElementNS('http://www.w3.org/1998/Math/MathML', 'mtext'),
        '<b>x</b>',
      ),
    );
    return code === 'dom/unsafe-element' ? '' : code || 'accepted';
  }),
  attack('markup of an object', () => {
    const code = window.codeOf(() =>
      window.bulwarkDom.setHtml(document.createElement('p'), {
        toString: () => '<img src=x onerror=alert(1)>',
      } as never),
    );
    return code === 'dom/not-text' ? '' : code || 'accepted';
  }),
  attack('markup of an array', () => {
    const code = window.codeOf(() =>
      window.bulwarkDom.setHtml(document.createElement('p'), ['<b>x</b>'] as never),
    );
    return code === 'dom/not-text' ? '' : code || 'accepted';
  }),
  attack('markup whose toString changes', () => {
    let at = 0;
    const code = window.codeOf(() =>
      window.bulwarkDom.setHtml(document.createElement('p'), {
        toString: () => (at++ ? '<img src=x onerror=alert(1)>' : 'x'),
        [Symbol.toPrimitive]: () => '<img src=x onerror=alert(1)>',
      } as never),
    );
    return code === 'dom/not-text' ? '' : code || 'accepted';
  }),
  attack(
    'markup that is too long',
    () => {
      const p = document.createElement('div');
      p.append('before');
      const code = window.codeOf(() => window.bulwarkDom.setHtml(p, 'a'.repeat(2_000_001)));
      return code === 'dom/markup-too-complex' && p.textContent === 'before' ? '' : code || 'accepted';
    },
    { heavy: true },
  ),
  attack(
    'markup of too many nodes',
    () => {
      const code = window.codeOf(() =>
        window.bulwarkDom.setHtml(document.createElement('div'), '<br>'.repeat(100_001)),
      );
      return code === 'dom/markup-too-complex' ? '' : code || 'accepted';
    },
    { heavy: true },
  ),
  attack(
    'markup of too many nodes that would be dropped',
    () => {
      const code = window.codeOf(() =>
        window.bulwarkDom.setHtml(document.createElement('div'), '<x></x>'.repeat(100_001)),
      );
      return code === 'dom/markup-too-complex' ? '' : code || 'accepted';
    },
    { heavy: true },
  ),
  attack(
    'markup of too many comments',
    () => {
      const code = window.codeOf(() =>
        window.bulwarkDom.setHtml(document.createElement('div'), '<!---->'.repeat(100_001)),
      );
      return code === 'dom/markup-too-complex' || code === '' ? '' : code;
    },
    { heavy: true },
  ),
  attack('markup of unclosed formatting, which grows as it is parsed', () => {
    const start = performance.now();
    const code = window.codeOf(() =>
      window.bulwarkDom.setHtml(
        document.createElement('div'),
        `${Array.from({ length: 400 }, (_, at) => `<b class=${at}><i class=${at}>`).join('')}${'<p>x'.repeat(400)}`,
      ),
    );
    const ms = performance.now() - start;
    return ms < 3000 && (code === '' || code === 'dom/markup-too-complex')
      ? ''
      : `${code} ${Math.round(ms)} ms`;
  }),
  attack('markup that nests 3,000 deep', () => {
    const div = document.createElement('div');
    const start = performance.now();
    const code = window.codeOf(() =>
      window.bulwarkDom.setHtml(div, `${'<blockquote>'.repeat(3_000)}<img src=x onerror=alert(1)>x`),
    );
    let depth = 0;
    for (let at: Element | null = div; at?.firstElementChild; at = at.firstElementChild) depth++;
    return performance.now() - start < 4000 &&
      (code ? code === 'dom/markup-too-complex' : depth <= 101 && div.textContent === 'x')
      ? ''
      : `${code} depth ${depth} ${Math.round(performance.now() - start)} ms`;
  }),
];
