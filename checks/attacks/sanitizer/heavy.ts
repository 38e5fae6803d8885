import type { PresetName } from 'bulwark/html';

type Heavy = Record<string, { preset: PresetName; markup: () => string }>;

/**
 * Markup that is made to cost, near the limits where `share` is 1. It is sanitised or refused; how long that takes is
 * for a report, not for a test.
 */
export function heavy(share: number): Heavy {
  const n = (text: string, times: number) => text.repeat(Math.ceil(times * share));
  return {
    'open formatting in paragraphs': {
      preset: 'article',
      markup: () => `<b><i><u><s><em><strong>${n('<p>x', 15_000)}`,
    },
    'different formatting in paragraphs': {
      preset: 'article',
      markup: () => `${Array.from({ length: 60 }, (_, i) => `<b title=${i}>`).join('')}${n('<p>x', 1_500)}`,
    },
    'unclosed links': { preset: 'article', markup: () => n('<a href=#x>', 30_000) },
    'misnested links and blocks': { preset: 'article', markup: () => n('<a><div>', 480) },
    'adoption agency': { preset: 'article', markup: () => n('<b><p></b>', 9_000) },
    'adoption agency, deep': {
      preset: 'article',
      markup: () => `${n('<div>', 400)}${n('<b><div></b>', 300)}`,
    },
    'end tags that match nothing': {
      preset: 'article',
      markup: () => `${n('<div>', 900)}${n('</span>', 200_000)}`,
    },
    'end tags of formatting': { preset: 'article', markup: () => `${n('<div>', 900)}${n('</b>', 300_000)}` },
    'end tags of headings': { preset: 'article', markup: () => `${n('<span>', 900)}${n('</h1>', 300_000)}` },
    'list items in deep spans': { preset: 'article', markup: () => `${n('<span>', 900)}${n('<li>', 90)}` },
    'paragraph end tags': { preset: 'article', markup: () => n('</p>', 90_000) },
    'foster parenting': { preset: 'article', markup: () => `<table>${n('<b>x</b>', 30_000)}` },
    'foster parenting of text': { preset: 'article', markup: () => n('<table>x', 900) },
    'tables in tables': { preset: 'article', markup: () => n('<table><tr><td>', 330) },
    'stray cells': { preset: 'article', markup: () => n('<table><td><td><tr>', 12_000) },
    'long attribute': { preset: 'article', markup: () => `<p title="${n('&amp;', 390_000)}">` },
    references: { preset: 'article', markup: () => n('&CounterClockwiseContourIntegral', 60_000) },
    'half references': { preset: 'article', markup: () => n('&CounterClockwiseContourIntegra', 60_000) },
    'numeric references': { preset: 'article', markup: () => `&#${n('9', 1_900_000)};` },
    'angle brackets': { preset: 'article', markup: () => n('<', 400_000) },
    ampersands: { preset: 'article', markup: () => n('&', 390_000) },
    comments: { preset: 'article', markup: () => n('<!---->', 90_000) },
    'open comments': { preset: 'article', markup: () => n('<!--', 490_000) },
    'comment dashes': { preset: 'article', markup: () => `<!--${n('-', 1_900_000)}` },
    'bogus comments': { preset: 'article', markup: () => n('</ >', 400_000) },
    'open attribute quote': { preset: 'article', markup: () => n('<p title="', 190_000) },
    'long tag name': { preset: 'article', markup: () => `<${n('a', 1_900_000)}>` },
    'long attribute name': { preset: 'article', markup: () => `<p ${n('a', 1_900_000)}>` },
    'attributes, 200 on each tag': {
      preset: 'article',
      markup: () => n(`<p ${Array.from({ length: 199 }, (_, i) => `a${i}`).join(' ')}>`, 2_000),
    },
    'raw text without end': { preset: 'article', markup: () => n('<style>', 280_000) },
    'raw text with almost ends': { preset: 'article', markup: () => `<textarea>${n('</textare', 200_000)}` },
    'script escapes': { preset: 'article', markup: () => `<script>${n('<!--<script>', 150_000)}` },
    select: { preset: 'article', markup: () => n('<select><option>', 40_000) },
    templates: { preset: 'article', markup: () => n('<template>', 900) },
    'templates and formatting': { preset: 'article', markup: () => n('<template><b>', 480) },
    'svg and math': { preset: 'article', markup: () => n('<svg><desc><math><mtext>', 240) },
    'svg in rows': { preset: 'article', markup: () => n('<svg><g/></svg>', 40_000) },
    'foreign end tags': { preset: 'article', markup: () => `${n('<svg><g>', 450)}${n('</x>', 300_000)}` },
    'style declarations': { preset: 'email', markup: () => n(`<p style="${n('color:red;', 400)}">`, 450) },
    'style brackets': { preset: 'email', markup: () => n(`<p style="color:${n('(', 4_000)}">`, 450) },
    'style escapes': { preset: 'email', markup: () => n(`<p style="${n('\\63 ', 1_000)}:red">`, 450) },
    'style comments': { preset: 'email', markup: () => n(`<p style="${n('/**/', 1_000)}color:red">`, 450) },
    'style spaces': { preset: 'email', markup: () => n(`<p style="color${n(' ', 4_000)}:red">`, 450) },
    'style numbers': {
      preset: 'email',
      markup: () => n(`<p style="width:${n('1', 4_000)}px;margin:${n('1e', 20)}">`, 450),
    },
    'style fonts': { preset: 'email', markup: () => n(`<p style="font-family:${n("'a b',", 600)}a">`, 450) },
    'font words': { preset: 'email', markup: () => n(`<p style="font-family:${n('a ', 2_000)}!">`, 450) },
    classes: { preset: 'markdown', markup: () => n(`<code class="${n('language-a ', 90)}">`, 900) },
    'classes, one long': { preset: 'markdown', markup: () => `<code class="${n('language-a ', 170_000)}">` },
    ids: { preset: 'markdown', markup: () => n('<p id=x>', 90_000) },
    'ids of aria': { preset: 'markdown', markup: () => `<p aria-labelledby="${n('a ', 900_000)}">` },
    'links of white space': {
      preset: 'article',
      markup: () => n(`<a href="${n(' ', 4_000)}java script:">x</a>`, 450),
    },
    'bitmap of 2 MB': {
      preset: 'article',
      markup: () => `<img src="data:image/png;base64,${n('A', 1_900_000)}">`,
    },
    'bitmaps that are none': {
      preset: 'article',
      markup: () => n(`<img src="data:image/png${n(';a=b', 900)},x">`, 450),
    },
    'text of blocks': { preset: 'text', markup: () => n('<p>', 90_000) },
    'text of lines': { preset: 'text', markup: () => n('\n \n', 600_000) },
    'text of spaces and blocks': { preset: 'text', markup: () => n(`${n(' ', 100)}<br>`, 18_000) },
    'svg references': {
      preset: 'svg',
      markup: () => `<svg>${n('<g id="a"><use href="#a"/></g>', 9_000)}</svg>`,
    },
    'svg references in one another': {
      preset: 'svg',
      markup: () => `<svg>${n('<g id="a"><use href="#a"/>', 450)}</svg>`,
    },
    'svg of many ids': {
      preset: 'svg',
      markup: () =>
        `<svg>${Array.from({ length: 9_000 }, (_, i) => `<g id="a${i}"><use href="#a${i + 1}"/></g>`).join('')}</svg>`,
    },
    'svg path': { preset: 'svg', markup: () => `<svg><path d="${n('M0 0', 240_000)}"/></svg>` },
    'svg transform': {
      preset: 'svg',
      markup: () => `<svg>${n(`<g transform="${n('scale(1) ', 100)}"/>`, 900)}</svg>`,
    },
    'svg of shared contents': {
      preset: 'svg',
      markup: () =>
        `<svg>${n('<g id="a">', 90)}${n('<rect/>', 9_000)}${n('</g>', 90)}${n('<use href="#a"/>', 9_000)}</svg>`,
    },
    'svg paints': {
      preset: 'svg',
      markup: () => `<svg><pattern id="p"/>${n('<rect fill="url(#p)"/>', 19_000)}</svg>`,
    },
    'svg paint of brackets': {
      preset: 'svg',
      markup: () => `<svg>${n(`<rect fill="${n('url(', 900)}"/>`, 270)}</svg>`,
    },
    'svg text': { preset: 'svg', markup: () => `<svg>${n('<text><tspan>', 490)}</svg>` },
  };
}
