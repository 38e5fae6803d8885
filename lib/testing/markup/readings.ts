import { parse, parseFragment } from 'parse5';
import { type Element, elementsUnder } from './walk.ts';

/** One way in which a browser may read the same text. */
export interface Reading {
  /** The text as it is sent: a page, or a piece of one. */
  read(markup: string): readonly Element[];
  /** What stands in a `srcdoc`, which is a page always. */
  readPage(markup: string): readonly Element[];
}

const page = (markup: string): readonly Element[] => elementsUnder(parse(markup));

const fragmentIn = (tagName: string): ((markup: string) => readonly Element[]) => {
  // Of a page, as a fragment drops `<body>`.
  const context = page(`<${tagName}>`).find((element) => element.tagName === tagName) as Element;
  return (markup) => elementsUnder(parseFragment(context, markup, {}));
};

const inBody = fragmentIn('body');

const always: readonly Reading[] = [
  { read: page, readPage: page },
  { read: inBody, readPage: page },
];

/**
 * Rows and cells stand alone only there. A template takes anything, and each of its parts decides how the next is read; an
 * end tag leads out of a cell, and of a picture in it.
 */
const ofTables: readonly Reading[] = [
  (markup: string) => elementsUnder(parseFragment(markup)),
  fragmentIn('table'),
  (markup: string) => page(`<!doctype html><table><tr><td>${markup}`),
].map((read) => ({ read, readPage: page }));

/** These hold no markup, or stand in one place alone. */
const neverAround =
  /^(?:body|caption|colgroup|frameset|head|html|iframe|math|noembed|noframes|noscript|optgroup|option|plaintext|script|select|style|svg|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|xmp)$/;

/** A piece that closes what it stands in leads out of a picture or a formula, in which much is read otherwise. */
const inWhatItCloses = (markup: string): readonly Element[] => {
  const closed = Array.from(markup.matchAll(/<\/([a-z][a-z\d]*)/gi), ([, name = '']) => name.toLowerCase());
  const around = [...new Set(closed)].filter((name) => !neverAround.test(name));
  return page(`<!doctype html>${around.map((name) => `<${name}>`).join('')}${markup}`);
};
const ofPictures: readonly Reading[] = [{ read: inWhatItCloses, readPage: page }];

/**
 * Since 2025 a `<select>` may hold any element (whatwg/html#10548), which the parser here drops, as older browsers do. A
 * name that means nothing is read as the new rule has it.
 */
const renamed = (markup: string): string =>
  markup.replace(/(<\/?)(?=(?:select|option|optgroup)[\s/>])/gi, '$1bulwark-');
const ofSelects: readonly Reading[] = [page, inBody].map((read) => ({
  read: (markup) => read(renamed(markup)),
  readPage: (markup) => page(renamed(markup)),
}));

/**
 * The ways in which this text is read. Where a piece will stand is not known, so that what any of them finds counts; those
 * that could find nothing more are left out.
 */
export function readingsFor(markup: string): readonly Reading[] {
  const tables = /<\/?(?:caption|col|colgroup|table|tbody|td|tfoot|th|thead|tr)[\s/>]/i.test(markup);
  // What stands in a `srcdoc` may be written in character references.
  const selects = /select|option|optgroup|srcdoc/i.test(markup);
  const pictures = /<(?:svg|math)[\s/>]/i.test(markup);
  return [
    ...always,
    ...(tables ? ofTables : []),
    ...(pictures ? ofPictures : []),
    ...(selects ? ofSelects : []),
  ];
}
