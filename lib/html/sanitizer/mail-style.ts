import {
  type CssGrammar,
  colorWord,
  fontList,
  lengthWord,
  numberWord,
  oneOf,
  signedLengthWord,
  words,
} from './css-value.ts';

const auto = oneOf('auto');
const sides = ['top', 'right', 'bottom', 'left'];
const lineStyle = oneOf('none hidden solid dashed dotted double groove ridge inset outset');
const lineWidth = [lengthWord, oneOf('thin medium thick')] as const;
const sizes = words(1, lengthWord, auto, oneOf('none'));
const fontSize = [
  lengthWord,
  oneOf('xx-small x-small small medium large x-large xx-large smaller larger'),
] as const;
const weight = oneOf('normal bold bolder lighter 100 200 300 400 500 600 700 800 900');

/**
 * Every property that a preset can allow. Not among them, for good: what moves an element over the page or out of its
 * place (`position`, `transform`, negative margins, `z-index`), what loads (`background-image`, `cursor`, `content`),
 * what animates, and what turns off clicks or changes how the page is drawn (`filter`, `mix-blend-mode`).
 */
export const styleGrammars: ReadonlyMap<string, CssGrammar> = new Map<string, CssGrammar>([
  ['background', words(1, colorWord)],
  ['background-color', words(1, colorWord)],
  ['border', words(3, colorWord, lineStyle, ...lineWidth)],
  ...sides.map((side): [string, CssGrammar] => [
    `border-${side}`,
    words(3, colorWord, lineStyle, ...lineWidth),
  ]),
  ...sides.map((side): [string, CssGrammar] => [`border-${side}-color`, words(1, colorWord)]),
  ...sides.map((side): [string, CssGrammar] => [`border-${side}-style`, words(1, lineStyle)]),
  ...sides.map((side): [string, CssGrammar] => [`border-${side}-width`, words(1, ...lineWidth)]),
  ['border-collapse', words(1, oneOf('collapse separate'))],
  ['border-color', words(4, colorWord)],
  ['border-radius', words(4, lengthWord)],
  ['border-spacing', words(2, lengthWord)],
  ['border-style', words(4, lineStyle)],
  ['border-width', words(4, ...lineWidth)],
  ['caption-side', words(1, oneOf('top bottom'))],
  ['clear', words(1, oneOf('none left right both'))],
  ['color', words(1, colorWord)],
  ['direction', words(1, oneOf('ltr rtl'))],
  [
    'display',
    words(
      1,
      oneOf(
        'none block inline inline-block list-item table inline-table table-row table-cell table-row-group',
      ),
    ),
  ],
  ['empty-cells', words(1, oneOf('show hide'))],
  ['float', words(1, oneOf('none left right'))],
  ['font-family', fontList],
  ['font-size', words(1, ...fontSize)],
  ['font-style', words(1, oneOf('normal italic oblique'))],
  ['font-variant', words(1, oneOf('normal small-caps'))],
  ['font-weight', words(1, weight)],
  ['height', sizes],
  ['letter-spacing', words(1, signedLengthWord, oneOf('normal'))],
  ['line-height', words(1, lengthWord, numberWord, oneOf('normal'))],
  ['list-style', words(2, oneOf('none disc circle square decimal inside outside'))],
  [
    'list-style-type',
    words(1, oneOf('none disc circle square decimal lower-alpha upper-alpha lower-roman upper-roman')),
  ],
  ['margin', words(4, lengthWord, auto)],
  ...sides.map((side): [string, CssGrammar] => [`margin-${side}`, words(1, lengthWord, auto)]),
  ['max-width', sizes],
  ['min-height', sizes],
  ['min-width', sizes],
  ['overflow-wrap', words(1, oneOf('normal break-word anywhere'))],
  ['padding', words(4, lengthWord)],
  ...sides.map((side): [string, CssGrammar] => [`padding-${side}`, words(1, lengthWord)]),
  ['table-layout', words(1, oneOf('auto fixed'))],
  ['text-align', words(1, oneOf('left right center justify start end'))],
  ['text-decoration', words(3, oneOf('none underline overline line-through solid dashed dotted'), colorWord)],
  ['text-indent', words(1, lengthWord)],
  ['text-transform', words(1, oneOf('none capitalize uppercase lowercase'))],
  [
    'vertical-align',
    words(1, lengthWord, oneOf('baseline sub super top text-top middle bottom text-bottom')),
  ],
  ['white-space', words(1, oneOf('normal nowrap pre pre-wrap pre-line'))],
  ['width', sizes],
  ['word-break', words(1, oneOf('normal break-all keep-all break-word'))],
  ['word-spacing', words(1, signedLengthWord, oneOf('normal'))],
  ['word-wrap', words(1, oneOf('normal break-word'))],
]);
