import type { PresetName, PresetOptions } from 'bulwark/html';

/** Options that a preset cannot take: `bulwark/invalid-option`. */
export interface OptionAttack {
  id: string;
  base?: PresetName;
  options: unknown;
  open?: string;
}

const each = (group: string, values: readonly unknown[], make: (value: unknown) => unknown): OptionAttack[] =>
  values.map((value) => ({ id: `${group}: ${JSON.stringify(value)}`, options: make(value) }));

export const optionAttacks: readonly OptionAttack[] = [
  ...each(
    'tag',
    // biome-ignore format: a list of words
    ['script', 'style', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'form', 'button', 'select', 'textarea', 'option', 'base', 'meta', 'link', 'template', 'noscript', 'title', 'xmp', 'noembed', 'noframes', 'plaintext', 'svg', 'math', 'x-foo', 'slot', 'portal', 'html', 'head', 'body', 'frameset', 'image', 'marquee', 'dialog', 'video', 'audio', 'source', 'map', 'param', 'SCRIPT', '\u017fcript', 'script ', 'script\0', 'p onclick=x', 'a><script', '', '*', '__proto__', 'constructor', 'fencedframe', 'selectedcontent', 'listing'].filter((one, index, all) => all.indexOf(one) === index),
    (tag) => ({ tags: [tag] }),
  ),
  ...each(
    'attribute',
    // biome-ignore format: a list of words
    ['onclick', 'ONCLICK', 'onfoo', 'on', 'name', 'NAME', 'data-x', 'data-', 'srcdoc', 'action', 'formaction', 'ping', 'background', 'xlink:href', 'xmlns', 'is', 'slot', 'http-equiv', 'content', 'usemap', 'form', 'target', 'on*', 'data-*', 'aria-*', 'x onclick', '/onclick', 'onclick=', 'a>b', 'a"b', 'on\0click', '\u017frc', '', '__proto__', 'constructor', 'autofocus', 'popover', 'popovertarget', 'nonce', 'imagesrcset', 'attributionsrc', 'v-html', '@click', ':x', 'hx-get', 'ng-click', 'sandbox', 'shadowrootmode', 'id', 'style'],
    (name) => ({ attributes: { '*': [name] } }),
  ),
  ...each(
    'protocol',
    [
      'javascript',
      'JAVASCRIPT',
      'javascript:',
      ' javascript',
      'java\tscript',
      'data',
      'vbscript',
      'blob',
      'filesystem',
      'file',
      'about',
      'view-source',
      'jar',
      'mhtml',
      'livescript',
      'mocha',
      '',
      '*',
      'data:image/png',
      '\uff4aavascript',
      'javascr\u0131pt',
    ],
    (one) => ({ protocols: [one] }),
  ),
  ...each(
    'prefix',
    ['', 'a b', '"><script>', 'x"', 5, '\n', ' ', '<', '&', '#', "'", 'x\0', '__proto__', {}],
    (idPrefix) => ({ idPrefix, attributes: { '*': ['id'] } }),
  ),
  ...each(
    'style',
    // biome-ignore format: a list of words
    ['position', 'POSITION', 'transform', 'z-index', '--x', 'background-image', 'list-style-image', 'behavior', '-moz-binding', 'animation', 'transition', 'content', 'cursor', 'filter', 'inset', 'top', 'left', 'translate', 'rotate', 'scale', 'offset-path', 'anchor-name', 'mask', 'clip-path', 'all', 'margin-inline', 'margin-block-start', 'border-image', 'src', 'shape-outside', 'zoom', 'perspective', 'view-transition-name', '*', '', 'color;position', 'pos\\ition', 'grid-area', 'order'],
    (style) => ({ styles: [style], attributes: { '*': ['style'] } }),
  ),
  ...each('rel', [['"><script>'], ['opener'], ['stylesheet'], ['preload'], ['a b'], [1]], (rel) => ({ rel })),
  ...each('images', [5, 'x', {}, true, []], (images) => ({ images })),
  ...each(
    'classes',
    [
      { p: [''] },
      { p: ['*'] },
      { p: ['a*b'] },
      { p: ['*a'] },
      { p: ['a b'] },
      { p: [5] },
      { p: [{}] },
      { script: ['a'] },
      { 'x-y': ['a'] },
    ],
    (classes) => ({ classes }),
  ),
  { id: 'attribute of an element that is not allowed', options: { attributes: { script: ['title'] } } },
  { id: 'attribute of __proto__', options: JSON.parse('{"attributes":{"__proto__":["title"]}}') },
  { id: 'svg: link', base: 'svg', options: { tags: ['svg', 'a'] } },
  ...['script', 'foreignObject', 'animate', 'set', 'style', 'image', 'filter', 'feImage'].map((tag) => ({
    id: `svg: ${tag}`,
    base: 'svg' as const,
    options: { tags: ['svg', tag] },
  })),
  { id: 'svg: handlers', base: 'svg', options: { attributes: { '*': ['onclick'] } } },
  {
    id: 'prefix that is an object, and changes',
    options: { attributes: { '*': ['id'] }, idPrefix: { toString: () => 'a-' } },
  },
  {
    id: 'prefix that is an array',
    options: { attributes: { '*': ['id'] }, idPrefix: ['a-'] },
  },
  {
    id: 'tags that are one string',
    options: { tags: 'abi' },
  },
  {
    id: 'protocol that is an object',
    options: { protocols: [{ toString: () => 'javascript', toLowerCase: () => 'https' }] },
  },
  {
    id: 'tags that are no list',
    options: { tags: {} },
  },
  {
    id: 'classes that are no list',
    options: { classes: { p: 'a' } },
  },
  {
    id: 'no options but null',
    options: null,
  },
  {
    id: 'an option that does not exist',
    options: { image: () => undefined },
  },
  {
    id: 'options that are a string',
    options: 'tags',
  },
];

/** Options that are in order. */
export const optionUses: readonly { id: string; base: PresetName; options: PresetOptions }[] = [
  { id: 'nothing', base: 'article', options: {} },
  { id: 'fewer elements', base: 'article', options: { tags: ['p', 'a'] } },
  { id: 'no elements', base: 'article', options: { tags: [] } },
  { id: 'mail elements in an article', base: 'article', options: { tags: ['p', 'center', 'font'] } },
  {
    id: 'global attributes',
    base: 'article',
    options: { attributes: { '*': ['title', 'lang', 'dir', 'role'] } },
  },
  { id: 'ids with a prefix', base: 'comment', options: { attributes: { '*': ['id'] }, idPrefix: 'c-' } },
  { id: 'only https', base: 'email', options: { protocols: ['https'] } },
  { id: 'no schemes', base: 'email', options: { protocols: [] } },
  {
    id: 'other schemes',
    base: 'article',
    options: { protocols: ['https', 'ftp', 'xmpp', 'sms', 'magnet', 'web+x'] },
  },
  { id: 'rel', base: 'article', options: { rel: ['nofollow', 'sponsored', 'external'] } },
  { id: 'no rel', base: 'article', options: { rel: [] } },
  {
    id: 'classes',
    base: 'article',
    options: { classes: { p: ['lead', /note-\d+/], code: ['language-*'], '*': ['x'] } },
  },
  {
    id: 'styles',
    base: 'article',
    options: { styles: ['color', 'text-align', 'margin'], attributes: { p: ['style'] } },
  },
  { id: 'pictures', base: 'svg', options: { idPrefix: 'logo-' } },
  { id: 'fewer shapes', base: 'svg', options: { tags: ['svg', 'path'] } },
  { id: 'images', base: 'markdown', options: { images: (url) => url } },
];
