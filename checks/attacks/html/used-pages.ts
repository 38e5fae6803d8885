import { type Case, t, use } from './case.ts';

/** Whole documents, text, attributes, forms. */
export const usedPages: readonly Case[] = [
  // Whole documents.
  use(
    '<!DOCTYPE html>\n<html lang="~">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>~ - shop</title>\n<meta name="description" content="~">\n<meta property="og:title" content="~">\n<link rel="canonical" href="~">\n<link rel="icon" href="/i/~.png">\n<link rel="stylesheet" href="/a.css">\n</head>\n<body class="~">\n<h1>~</h1>\n</body>\n</html>\n',
    ['en', 'A & B', 'say "hi"', "it's", 'https://shop.example/a?b=1&c=2', 'x', ['dark'], '<3'],
    {
      reads: {
        'html @lang': 'en',
        'title #': 'A & B - shop',
        'meta[name=description] @content': 'say "hi"',
        'meta[property] @content': "it's",
        'link[rel=canonical] @href': 'https://shop.example/a?b=1&c=2',
        'link[rel=icon] @href': '/i/x.png',
        'body @class': 'dark',
        'h1 #': '<3',
      },
    },
  ),
  use(
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8" /><!--[if mso]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]--><style type="text/css">p { margin: 0 }</style></head><body bgcolor="#ffffff"><table width="600" cellpadding="0" align="center"><tr><td valign="top" background="~" bgcolor="~">Dear ~,<br />&nbsp;</td></tr></table><!--[if !mso]><!--><p>x</p><!--<![endif]--></body></html>',
    ['https://m.example/b.png', '#eee', 'Bob'],
    {
      reads: {
        'td @background': 'https://m.example/b.png',
        'td @bgcolor': '#eee',
        'td #': 'Dear Bob,\u00a0',
      },
    },
  ),
  // Text and entities.
  use('Tom &amp; ~ &mdash; 5 > 3 &copy; &#169; &#xA9; ~', ['Jerry', 'x'], {
    gives: 'Tom &amp; Jerry &mdash; 5 > 3 &copy; &#169; &#xA9; x',
  }),
  use('Tom & ~', ['Jerry'], { reads: { 'body #': 'Tom & Jerry' } }),
  use('<p>]]> -- "quoted" \'too\' `x` = ~</p>', ['1'], {
    reads: { 'p #': ']]> -- "quoted" \'too\' `x` = 1' },
  }),
  use('<p>~~~~~~</p>', [null, undefined, true, false, '', []], { gives: '<p></p>' }),
  use('<p>~ ~ ~ ~</p>', [0, -0, 1e21, 10n], { reads: { 'p #': '0 0 1e+21 10' } }),
  use('<p>~</p>', [['a', 1, [null, ['b']], false]], { gives: '<p>a1b</p>' }),
  use('<p>~</p>', [Object.freeze(['a', 'b'])], { gives: '<p>ab</p>' }),
  // Attributes.
  use("<p title='~'>x</p>", [`it's "so" & <b>`], { reads: { 'p @title': `it's "so" & <b>` } }),
  use('<P TITLE="~">x</P>', ['a'], { reads: { 'p @title': 'a' } }),
  use('<p\n  title = "~"\n  lang="~"\n>x</p\n>', ['a', 'de'], {
    reads: { 'p @title': 'a', 'p @lang': 'de' },
  }),
  use('<p title="a ~ b ~">x</p>', ['1', 2], { reads: { 'p @title': 'a 1 b 2' } }),
  use('<p title="~" lang="~">x</p>', [null, undefined], { reads: { 'p @title': null, 'p @lang': null } }),
  use('<p aria-hidden="~" aria-expanded="~" data-on="~">x</p>', [true, false, true], {
    reads: { 'p @aria-hidden': 'true', 'p @aria-expanded': 'false', 'p @data-on': 'true' },
  }),
  use('<p title="~">x</p>', [''], { reads: { 'p @title': '' } }),
  use('<p data-json="~">x</p>', ['{"a":"<b> & \\"c\\""}'], {
    reads: { 'p @data-json': '{"a":"<b> & \\"c\\""}' },
  }),
  use('<p id="item-~" data-user-id="~" role="~" tabindex="~">x</p>', ['7', '8', 'note', -1], {
    reads: { 'p @id': 'item-7', 'p @data-user-id': '8', 'p @role': 'note', 'p @tabindex': '-1' },
  }),
  use('<p class="~">x</p>', [['a', { b: true, c: false, d: 0, e: 1 }, null, ['f', undefined], '']], {
    reads: { 'p @class': 'a b e f' },
  }),
  use('<p class="btn btn-~ ~">x</p>', ['primary', 'active'], {
    reads: { 'p @class': 'btn btn-primary active' },
  }),
  use('<p class="~">x</p>', [{ 'md:w-1/2': true, 'hover:bg-[#fff]': true }], {
    reads: { 'p @class': 'md:w-1/2 hover:bg-[#fff]' },
  }),
  use('<p class="~">x</p>', ['a  b'], { like: null }),
  use(
    '<input disabled="~" checked="~" readonly="~" required="~" value="~">',
    [true, false, null, undefined, 'a'],
    {
      reads: {
        'input @disabled': '',
        'input @checked': null,
        'input @readonly': null,
        'input @required': null,
        'input @value': 'a',
      },
    },
  ),
  use('<details open="~"><summary>~</summary></details>', [true, 's'], { reads: { 'details @open': '' } }),
  use('<dialog open="~"><form method="dialog"><button value="~">x</button></form></dialog>', [true, 'ok'], {
    reads: { 'dialog @open': '', 'button @value': 'ok' },
  }),
  use('<a href="/f" download="~">x</a>', ['a b.txt'], { reads: { 'a @download': 'a b.txt' } }),
  use('<div hidden="~" inert="~">x</div>', [false, true], {
    reads: { 'div @hidden': null, 'div @inert': '' },
  }),
  // Forms, tables, lists.
  use(
    '<form action="/u/~" method="post"><label for="n">~</label><input type="text" id="n" name="q" value="~" placeholder="~" pattern="[a-z]+" maxlength="~"><textarea name="t" rows="3">~</textarea><select name="s">~</select><button formaction="/x/~">x</button></form>',
    () => [
      'a b',
      'Name',
      '"',
      '<',
      5,
      '</textarea>',
      ['a', 'b'].map((v) => t('<option value="~" selected="~">~</option>', v, v === 'b', v)),
      '1',
    ],
    {
      reads: {
        'form @action': '/u/a%20b',
        'input @value': '"',
        'textarea $value': '</textarea>',
        'select $value': 'b',
        'button @formaction': '/x/1',
      },
      like: null,
    },
  ),
  use(
    '<table><caption>~</caption><colgroup><col span="~"></colgroup><thead><tr><th scope="col">~</th></tr></thead><tbody>~</tbody></table>',
    () => ['c', 2, 'h', [1, 2].map((n) => t('<tr><td colspan="~">~</td></tr>', n, n))],
    { reads: { 'tbody #': '12', 'caption #': 'c', 'col @span': '2' }, like: null },
  ),
  use('<dl>~</dl>', () => [[1, 2].map((n) => t('<dt>~<dd>~', n, n))], {
    like: null,
    reads: { 'dl #': '1122' },
  }),
  use('<ul><li>~<li>~</ul>', ['a', 'b'], { reads: { 'ul #': 'ab' } }),
  use('<select><optgroup label="~"><option>~</option></optgroup><hr></select>', ['g', 'o'], {
    reads: { 'optgroup @label': 'g', 'option #': 'o' },
  }),
  use(
    '<input type="~" name="~" list="~"><datalist id="d"><option value="~"></datalist>',
    ['email', 'n', 'd', 'v'],
    {
      reads: { 'input @type': 'email', 'option @value': 'v' },
    },
  ),
  use(
    '<meter min="0" max="~" value="~">~</meter><progress value="~" max="1"></progress>',
    [10, 3, '30%', 0.5],
    {
      reads: { 'meter @value': '3', 'progress @value': '0.5' },
    },
  ),
  use(
    '<time datetime="~">~</time><data value="~">x</data><output for="~">y</output>',
    ['2024-01-01', 'then', 5, 'n'],
    {
      reads: { 'time @datetime': '2024-01-01', 'data @value': '5' },
    },
  ),
  // What the standard calls a parse error, and what means the same to every parser.
  use('<!-- <!-- --> ~', ['x'], { gives: '<!-- <!-- --> x' }),
  use('a < b ~', ['x'], { gives: 'a < b x' }),
  use('<1>~', ['x'], { gives: '<1>x' }),
  use('<>~', ['x'], { gives: '<>x' }),
  use('<p/>~', ['x'], { gives: '<p/>x' }),
  use('&copy ~', ['x'], { gives: '&copy x' }),
  use('&nosuchname; ~', ['x'], { gives: '&nosuchname; x' }),
  use('&#x110000; ~', ['x'], { gives: '&#x110000; x' }),
  use('&#0; ~', ['x'], { gives: '&#0; x' }),
  use('&#xD800; ~', ['x'], { gives: '&#xD800; x' }),
  use('&#128; ~', ['x'], { gives: '&#128; x' }),
  use('<p a="&nosuch;" b="~"></p>', ['x'], { reads: { 'p @a': '&nosuch;', 'p @b': 'x' } }),
];
