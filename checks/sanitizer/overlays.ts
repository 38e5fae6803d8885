import { styleGrammars } from '../../lib/html/sanitizer/mail-style.ts';

const lengths =
  '9999px 700px 0 -700px 999em 999rem 900% -900% 999vw 999vh 99cm 9999pt calc(100vw) calc(-1*99px)'.split(
    ' ',
  );
const keywords: Readonly<Record<string, readonly string[]>> = {
  border: ['700px solid transparent', '9999px double red', 'thick outset'],
  'border-radius': ['9999px'],
  direction: [
    'rtl; text-indent: 620px',
    'rtl; width: 9999px',
    'rtl; padding: 700px',
    'rtl; font-size: 999px',
  ],
  display: [
    ...'none block inline inline-block list-item table inline-table table-row table-cell table-row-group'.split(
      ' ',
    ),
  ].flatMap((one) => [`${one}; padding: 700px`, `${one}; width: 9999px; height: 9999px`]),
  float: ['left; padding: 700px', 'right; padding: 700px', 'right; width: 9999px; height: 700px'],
  'line-height': ['0; font-size: 999px', '0; padding: 700px', '9999', '0.0001; font-size: 99em'],
  'list-style': ['square inside; font-size: 900px', 'decimal outside; font-size: 900px; line-height: 0'],
  'vertical-align': [
    'super; padding: 700px',
    'top; line-height: 0; font-size: 900px',
    'text-top; padding: 700px',
  ],
  'white-space': ['nowrap; word-spacing: 999px', 'pre; letter-spacing: 999px', 'nowrap; font-size: 99px'],
  'text-align': [
    'right; white-space: nowrap; font-size: 99px',
    'center; direction: rtl; letter-spacing: 999px',
  ],
  clear: ['both; float: left; padding: 700px'],
  'empty-cells': ['show; padding: 700px'],
  'caption-side': ['bottom; padding: 700px; border: 99px solid transparent'],
  outline: ['700px solid transparent; outline-offset: 9px'],
  transform: ['scale(99)', 'translate(-700px, -700px)'],
  position: ['fixed; inset: 0', 'absolute; top: -700px', 'sticky; top: 0'],
  'box-shadow': ['0 0 0 700px red'],
  overflow: ['visible; padding: 700px'],
};

const names = new Set([
  ...styleGrammars.keys(),
  ...Object.keys(keywords),
  ...'inset top left z-index translate scale zoom margin-inline margin-block inset-block float text-shadow'.split(
    ' ',
  ),
]);

/** Every property, at the values that take it far. */
const declarations: readonly string[] = [...names].flatMap((name) =>
  [...(keywords[name] ?? []), ...lengths].map((value) => `${name}: ${value}`),
);

const text = 'invisible '.repeat(3);
const link = (style: string, inner = text): string =>
  `<a href="https://evil.example/" style="${style}">${inner}</a>`;

/** Where a declaration can stand: on the link, around it, in it, and on many of them at once. */
const shapes: readonly ((style: string) => string)[] = [
  (style) => link(style),
  (style) => link(`display: inline-block; ${style}`),
  (style) => link(`display: block; ${style}`),
  (style) => `<div style="${style}">${link('')}</div>`,
  (style) => `<p>a<a href="https://evil.example/"><b style="${style}">${text}</b></a></p>`,
  (style) =>
    `<table width="9999" cellpadding="999" border="99"><tr><td style="${style}">${link(style)}</td></tr></table>`,
  (style) => `<ul style="${style}"><li style="${style}">${link(style)}</li></ul>`,
  (style) =>
    link(
      `line-height: 0; ${style}`,
      `<img src="https://evil.example/x" width="1" height="1" style="${style}">`,
    ),
  (style) => `${`<div style="${style}">`.repeat(12)}${link(style)}${'</div>'.repeat(12)}`,
];

/** What needs no style: attributes of tables, images and fonts, and what is counted in elements. */
const plain: readonly string[] = [
  '<a href="https://evil.example/"><img src="https://evil.example/x" width="9999" height="9999"></a>',
  '<div dir="rtl"><a href="https://evil.example/"><img src="https://evil.example/x" width="9999" height="99"></a></div>',
  '<a href="https://evil.example/"><table dir="rtl" width="9999" cellpadding="999"><tr><td>x</td></tr></table></a>',
  '<a href="https://evil.example/"><img src="https://evil.example/x" align="right" width="9999" height="900" border="99"></a>',
  `<a href="https://evil.example/">${'<font size="+7">'.repeat(40)}x${'</font>'.repeat(40)}</a>`,
  `<a href="https://evil.example/">${'&nbsp;x'.repeat(900)}</a>`,
  `<div dir="rtl"><a href="https://evil.example/">${'x'.repeat(900)}</a></div>`,
  `${'<ul dir="rtl">'.repeat(90)}<li><a href="https://evil.example/">x</a></li>`,
  `${'<blockquote>'.repeat(90)}<a href="https://evil.example/">${'&nbsp;x'.repeat(99)}</a>`,
  `<hr align="right" width="9999" size="7" color="red"><a href="https://evil.example/">x</a>`,
  `<table align="right"><tr><td><a href="https://evil.example/">${'x'.repeat(900)}</a></td></tr></table>`,
  `<a href="https://evil.example/"><p>${'<big>'.repeat(60)}x</p></a>`,
  `</div></div></main><a href="https://evil.example/" style="padding: 700px">x</a>`,
  `<div style="overflow-x: auto; overflow-y: hidden; max-width: 100%; min-height: min-content">a</div><a href="https://evil.example/" style="padding: 700px">x</a>`,
];

/** Mail in which a link is to cover what stands around it. */
export const overlays: readonly string[] = [
  ...plain,
  ...declarations.flatMap((one) => shapes.map((shape) => shape(one))),
];
