import { allowedSrcset } from '../internal/markup/allowed-srcset.ts';
import { bitmapUrl } from '../internal/markup/bitmap-url.ts';
import { dimension } from '../internal/markup/dimension.ts';
import { imageUrl, linkUrl } from './safe-url.ts';

/** The allowlist: the `article` preset of `bulwark/html`. A test keeps the two equal. */
const split = (names: string): readonly string[] => names.split(' ');

export const articleElements: readonly string[] = split(
  'a abbr address article aside b bdi bdo big blockquote br caption cite code col colgroup data dd del details dfn div dl ' +
    'dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd li mark nav ol p pre q rp rt ruby s ' +
    'samp search section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr',
);

export const voidElements: ReadonlySet<string> = new Set(split('br col hr img wbr'));

/** Removed with all their content, which is not text for a reader, or not markup. */
export const droppedElements: readonly string[] = split(
  'script style template iframe frame frameset object embed applet noscript noembed noframes xmp plaintext title ' +
    'textarea select svg math audio video canvas head param source track portal fencedframe',
);

const everywhere = 'dir lang title';
const own: Readonly<Record<string, string>> = {
  a: 'href hreflang',
  blockquote: 'cite',
  col: 'span',
  colgroup: 'span',
  data: 'value',
  del: 'cite datetime',
  details: 'open',
  ...Object.fromEntries(split('div h1 h2 h3 h4 h5 h6 p').map((tag) => [tag, 'align'])),
  img: 'alt decoding height loading sizes src srcset width',
  ins: 'cite datetime',
  li: 'value',
  ol: 'reversed start type',
  q: 'cite',
  td: 'align colspan rowspan',
  th: 'align colspan rowspan scope',
  time: 'datetime',
};

/** Without `id` and `name`, which could shadow properties of the page. */
export function attributesOf(tag: string): readonly string[] {
  return split(Object.hasOwn(own, tag) ? `${everywhere} ${own[tag]}` : everywhere);
}

export const articleAttributes: readonly string[] = [
  ...new Set(split([everywhere, ...Object.values(own)].join(' '))),
];

const boolean = /^/;
const short = /^[\s\S]{0,1024}$/;
const count = /^\d{1,3}$/;

const values: Readonly<Record<string, RegExp>> = {
  align: /^(?:left|right|center|justify)$/i,
  colspan: count,
  datetime: /^[0-9A-Za-z:.+ -]{1,40}$/,
  decoding: /^(?:sync|async|auto)$/i,
  dir: /^(?:ltr|rtl|auto)$/i,
  hreflang: /^[A-Za-z0-9-]{1,35}$/,
  lang: /^[A-Za-z0-9-]{0,35}$/,
  loading: /^(?:lazy|eager)$/i,
  open: boolean,
  reversed: boolean,
  rowspan: count,
  scope: /^(?:col|colgroup|row|rowgroup)$/i,
  sizes: /^[\w .,:()<>=%*/+-]{1,300}$/,
  span: count,
  start: /^-?\d{1,9}$/,
  title: short,
  type: /^(?:[1aAiI]|circle|disc|square)$/,
  value: /^[\w .:,+-]{1,64}$/,
};

function imageOf(value: string): string | undefined {
  const url = bitmapUrl(value) ?? imageUrl(value);
  return url !== undefined && (url.length <= 4096 || /^data:/i.test(url)) ? url : undefined;
}

/** The value to write, or undefined to leave the attribute out. */
export function articleValue(name: string, value: string): string | undefined {
  if (name === 'src') return imageOf(value);
  if (name === 'srcset') return allowedSrcset(value, imageOf);
  if (name === 'width' || name === 'height') return dimension(value);
  if (name === 'alt') return value.slice(0, 1024).replace(/[\ud800-\udbff]$/, '');
  if (name === 'href' || name === 'cite') {
    const url = linkUrl(value);
    return url !== undefined && url.length <= 4096 ? url : undefined;
  }
  const rule = values[name];
  if (rule === boolean) return '';
  return rule?.test(value) ? value : undefined;
}
