import fc from 'fast-check';
import { render, sanitize } from '../../lib/html/index.ts';
import type { PresetName } from '../../lib/html/sanitizer/preset-type.ts';
import { legitimateDocuments } from '../../lib/testing/corpus/rich-text.ts';
import { sanitizerXss } from '../../lib/testing/corpus/xss-sanitizer.ts';
import { launchChromium } from '../machine/chromium.ts';
import { asSerialised, serialised } from './serialised.ts';

export interface Difference {
  readonly markup: string;
  readonly preset: string;
  readonly output: string;
  readonly read: string;
}

const presets = Object.keys(legitimateDocuments) as PresetName[];
const documents = Object.values(legitimateDocuments).flat();
const payloads = sanitizerXss.map(({ payload }) => payload).filter((payload) => payload.length < 400);
const tags = [
  ...'a b p div li ul ol table tr td th tbody caption colgroup col pre h1 h2 dd dt dl ruby rt rp font center'.split(
    ' ',
  ),
  ...'svg math path g title desc style script template select option form button noscript textarea'.split(
    ' ',
  ),
  ...'foreignObject annotation-xml search nav hgroup strike data mi mtext mglyph linearGradient use text tspan nobr input img br hr'.split(
    ' ',
  ),
];

const tag = fc.constantFrom(...tags);
const attribute = fc.constantFrom(
  ...[
    '',
    '',
    ' id=x',
    ' class="language-x y"',
    ' href="#a"',
    ' style="color:red;top:0"',
    ' title="</p><img>"',
  ],
  ...[
    ' fill="url(#a)"',
    ' d="M0 0"',
    ' type=checkbox',
    ' src=/x',
    ' srcset="/a,b, /c 2x"',
    ' style="text-align:right"',
    ' onclick=x',
    ' xlink:href="#x"',
    ' viewBox="0 0 1 1"',
  ],
);
const piece = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(tag, attribute, attribute).map(([name, a, b]) => `<${name}${a}${b}>`) },
  { weight: 3, arbitrary: tag.map((name) => `</${name}>`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'x',
      ' ',
      '\n',
      '&lt;',
      '&#13;',
      '\0',
      '\r\n',
      '<!--',
      '-->',
      ']]>',
      '<![CDATA[',
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom(...payloads) },
  { weight: 1, arbitrary: fc.constantFrom(...documents) },
);
const anyMarkup = fc
  .tuple(fc.array(piece, { maxLength: 14 }), fc.nat(40), fc.nat(40))
  .map(([pieces, from, less]) =>
    pieces
      .join('')
      .slice(from > 30 ? from - 30 : 0)
      .slice(0, less > 30 ? -(less - 30) : undefined),
  );

/** Sanitises random markup, and compares each output to what Chromium reads it as, and to a second pass. */
export async function fuzzInChromium(count: number, seed: number): Promise<Difference[]> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const found: Difference[] = [];
    const batch = 2_000;
    for (let done = 0; done < count && found.length < 10; done += batch) {
      const cases = fc
        .sample(anyMarkup, { numRuns: Math.min(batch, count - done), seed: seed + done })
        .map((markup, i) => {
          const preset = presets[i % presets.length] as PresetName;
          return { markup, preset, output: render(sanitize(markup, preset)) };
        });
      const read = await page.evaluate(
        serialised,
        cases.map(({ output }) => output),
      );
      for (const [i, one] of cases.entries()) {
        const again = render(sanitize(one.output, one.preset));
        if (read[i] !== asSerialised(one.output)) found.push({ ...one, read: read[i] as string });
        else if (again !== one.output) found.push({ ...one, read: again });
      }
    }
    return found;
  } finally {
    await browser.close();
  }
}
