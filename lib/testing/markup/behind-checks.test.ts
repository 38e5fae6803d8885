import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { expectInert, type InertRenderOptions } from './expect-inert.ts';

const escaped = (value: string): string => value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
const matches =
  (pattern: RegExp) =>
  (value: string): boolean =>
    pattern.test(value);
const decoded =
  (encoding: BufferEncoding) =>
  (value: string): string =>
    Buffer.from(value, encoding).toString();

/** What the input takes, how it is read, and the place where it is written. */
interface Input {
  readonly what: string;
  readonly takes: (value: string) => boolean;
  readonly read?: (value: string) => string;
  readonly write?: (value: string) => string;
  readonly harmless?: readonly string[];
}

const paragraph = (value: string): string => `<p>${value}</p>`;
const title = (value: string): string => `<p title="${value}">a</p>`;

const inputs: readonly Input[] = [
  { what: 'a number by its beginning', takes: matches(/^\d+/) },
  { what: 'a number without quotes around it', takes: matches(/^\d+/), write: (v) => `<input value=${v}>` },
  { what: 'a number in a script', takes: matches(/^\d+/), write: (v) => `<script>go(${v})</script>` },
  { what: 'a number in a handler', takes: matches(/^\d+/), write: (v) => `<p onclick="go(${v})">a</p>` },
  { what: 'a number in one of its lines', takes: matches(/^\d+$/m) },
  { what: 'a date by its beginning', takes: matches(/^\d{4}-\d\d-\d\d/), write: title },
  { what: 'a date by its end', takes: matches(/\d{4}-\d\d-\d\d$/) },
  { what: 'a date by Date.parse', takes: (v) => !/^\d+$/.test(v) && !Number.isNaN(Date.parse(v)) },
  {
    what: 'a phone number',
    takes: matches(/^\+\d[\d ]{5}/),
    write: (v) => `<a href="tel:${v}">a</a>`,
  },
  {
    what: 'a UUID by its beginning',
    takes: matches(/^[\da-f]{8}-[\da-f]{4}-/i),
    write: (v) => `<p data-id='${v}'>`,
  },
  { what: 'a UUID by its length', takes: (v) => v.length === 36 && v.split('-').length === 5, write: title },
  {
    what: 'a colour',
    takes: matches(/^#[\da-f]{6}/i),
    write: (v) => `<p style="color:${v}">a</p>`,
  },
  {
    what: 'a URL by its beginning',
    takes: matches(/^https:\/\//),
    write: (v) => `<a href="${v}">a</a>`,
  },
  {
    what: 'a URL that is found in it',
    takes: matches(/https:\/\//),
    write: (v) => `<a href="${v.replace(/[<>"]/g, '')}">a</a>`,
  },
  {
    what: 'a URL by its parser',
    takes: (v) => URL.canParse(v) && /^https?:$/.test(new URL(v).protocol),
    write: (v) => `<img src="${v}">`,
  },
  {
    what: 'an e-mail address',
    takes: matches(/^\S+@\S+\.\S+$/),
    write: (v) => `<a href="mailto:${v}">a</a>`,
  },
  { what: 'an image by its ending', takes: matches(/\.(?:png|jpg)$/), write: (v) => `<img src="/i/${v}">` },
  { what: 'a locale', takes: matches(/^[a-z]{2}-[A-Z]{2}/), write: (v) => `<p lang="${v}">a</p>` },
  { what: 'a mention', takes: matches(/^@\w/) },
  { what: 'an order', takes: matches(/^ORD-\d+/), harmless: ['ORD-20317'] },
  { what: 'base64', takes: () => true, read: decoded('base64') },
  { what: 'hexadecimal digits', takes: matches(/^[\da-f]+$/i), read: decoded('hex') },
  { what: 'a text that is decoded once more', takes: (v) => !/[<"]/.test(v), read: decodeURIComponent },
  {
    what: 'character references that are decoded',
    takes: (v) => !/[<"]/.test(v),
    read: (v) => v.replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code))),
  },
  {
    what: 'JSON',
    takes: () => true,
    read: (v) => String(JSON.parse(v).author.name),
    harmless: ['{"author":{"name":"ann"},"text":"hi"}'],
  },
  {
    what: 'state: JSON in base64',
    takes: () => true,
    read: (v) => String(JSON.parse(decoded('base64')(v)).tab),
    harmless: [Buffer.from('{"tab":"news"}').toString('base64')],
  },
  {
    what: 'a video of one site',
    takes: matches(/^https:\/\/www\.video\.example/),
    write: (v) => `<iframe src="${escaped(v)}"></iframe>`,
    harmless: ['https://www.video.example/embed/abc'],
  },
  {
    what: 'a script of one site',
    takes: (v) => v.includes('cdn.example/'),
    write: (v) => `<script src="${escaped(v)}"></script>`,
    harmless: ['https://cdn.example/a.js'],
  },
];

const options = ({ harmless }: Input): InertRenderOptions => (harmless ? { harmless } : {});
const page = (input: Input, write: (value: string) => string) => (value: string) => {
  try {
    if (input.takes(value)) return write((input.read ?? String)(value));
  } catch {}
  return '<h1>400</h1>';
};

describe('expectInert behind checks', () => {
  it.each(inputs)('is red for $what that is not escaped', async (input) => {
    const render = page(input, input.write ?? paragraph);
    await expect(expectInert(render, options(input))).rejects.toThrow(/^XSS: a payload/);
  });

  it.each(inputs)('is red for $what that is not escaped, where markup is meant', async (input) => {
    const render = page(input, input.write ?? paragraph);
    const run = expectInert(render, { ...options(input), markup: true });
    if (/video/.test(input.what)) await run;
    else await expect(run).rejects.toThrow(/^XSS: a payload/);
  });

  it.each(inputs)('is green for $what that is escaped', async (input) => {
    await expectInert(
      page(input, (value) => paragraph(escaped(value))),
      options(input),
    );
    await expectInert(
      page(input, (value) => title(escaped(value))),
      { ...options(input), markup: true },
    );
  });

  it.each<[string, (value: string) => boolean, ((value: string) => string)?, string?]>([
    ['a number', matches(/^\d+$/)],
    ['a number in a script', matches(/^\d+$/), (v) => `<script>go(${v})</script>`],
    ['a date', matches(/^\d{4}-\d\d-\d\d$/)],
    ['a UUID', matches(/^[\da-f-]{36}$/i), (v) => `<p data-id=${v}>`],
    ['a colour', matches(/^#[\da-f]{6}$/i), (v) => `<p style="color:${v}">a</p>`],
    ['an e-mail address', matches(/^[\w.]+@[\w.-]+$/), (v) => `<a href="mailto:${v}">a</a>`],
    ['a locale', matches(/^[a-z]{2}-[A-Z]{2}$/), (v) => `<p lang="${v}">a</p>`],
    ['a name of a user', matches(/^\w{1,20}$/), (v) => `<a href="/u/${v}">${v}</a>`],
    ['an order', matches(/^ORD-\d+$/), paragraph, 'ORD-20317'],
  ])('is green for %s behind the check that was meant', async (_what, takes, write = paragraph, harmless) => {
    const render = (value: string): string => (takes(value) ? write(value) : '<h1>400</h1>');
    const failing = (value: string): string => {
      if (!takes(value)) throw new Error('400');
      return write(value);
    };
    const given = harmless === undefined ? {} : { harmless: [harmless] };
    await expectInert(render, given);
    await expectInert(failing, given);
  });

  it.each<[string, (value: string) => string]>([
    ['parseInt', (v) => paragraph(String(Number.parseInt(v, 10)))],
    ['a price', (v) => paragraph(`EUR ${Number(v).toLocaleString('en')}`)],
    ['a date', (v) => paragraph(new Date(v).toDateString())],
    ['a video of the user', (v) => `<video src="${escaped(v)}"></video>`],
    ['a picture of the user', (v) => `<img src="${escaped(v)}"><source src="${escaped(v)}">`],
  ])('is green for %s', async (_what, render) => {
    await expectInert(render);
  });
});

const bold = (text: string): string => text.replace(/\*\*(.+?)\*\*/g, '<b>$1</b>');

describe('expectInert on light markup', () => {
  const links = (text: string, hrefOf: (url: string) => string): string =>
    bold(escaped(text)).replace(
      /\[([^\]]*)\]\(([^)\s]*)\)/g,
      (_all, label, url) => `<a href="${hrefOf(url)}">${label}</a>`,
    );
  const bbcode = (text: string, safe: boolean): string =>
    (safe ? escaped(text) : text.replaceAll('<', '&lt;'))
      .replace(/\[b\](.*?)\[\/b\]/g, '<b>$1</b>')
      .replace(/\[color=([^\]]+)\](.*?)\[\/color\]/g, (all, colour, inner) =>
        !safe || /^[#\w]+$/.test(colour) ? `<font color="${colour}">${inner}</font>` : all,
      )
      .replace(/\[url=([^\]]+)\](.*?)\[\/url\]/g, (all, url, inner) =>
        !safe || /^https?:/.test(url) ? `<a href="${url}">${inner}</a>` : all,
      )
      .replace(/\[img\](.*?)\[\/img\]/g, (all, url) =>
        !safe || /^https?:/.test(url) ? `<img src="${url}">` : all,
      );
  const linkified = (text: string): string =>
    text.replaceAll('<', '&lt;').replace(/https?:\/\/\S+/g, (url) => `<a href="${url}">${url}</a>`);
  const mentions = (text: string): string =>
    text.replaceAll('<', '&lt;').replace(/@(\S+)/g, '<a href="/u/$1">@$1</a>');
  const tags = (text: string): string =>
    text.replaceAll('<', '&lt;').replace(/#(\S+)/g, "<a href='/tag/$1'>#$1</a>");

  it.each<[string, (value: string) => string]>([
    ['a link of Markdown', (v) => links(v, (url) => url)],
    [
      'a link of Markdown whose scheme is looked for',
      (v) => links(v, (url) => url.replace(/javascript:/g, '')),
    ],
    ['BBCode', (v) => bbcode(v, false)],
    ['links that are found', linkified],
    ['mentions', mentions],
    ['hashtags', tags],
    ['Markdown with its markup', (v) => marked.parse(v, { async: false })],
    ['Markdown without its markup', (v) => marked.parse(v.replaceAll('<', '&lt;'), { async: false })],
  ])('is red for %s', async (_what, render) => {
    await expect(expectInert(render, { markup: true })).rejects.toThrow(/^XSS: a payload/);
    await expect(expectInert(render)).rejects.toThrow(/^XSS: a payload/);
  });

  const url = (text: string): string => (/^(?:https?:|mailto:|[/#?])/.test(text) ? text : '#');
  it.each<[string, (value: string) => string]>([
    ['a link of Markdown', (v) => links(v, url)],
    ['BBCode', (v) => bbcode(v, true)],
    [
      'links that are found',
      (v) => escaped(v).replace(/https?:\/\/[^\s&]+/g, (found) => `<a href="${found}">${found}</a>`),
    ],
    ['mentions', (v) => escaped(v).replace(/@(\w+)/g, '<a href="/u/$1">@$1</a>')],
    ['hashtags', (v) => escaped(v).replace(/(?<!&)#(\w+)/g, '<a href="/tag/$1">#$1</a>')],
  ])('is green for %s, as it should be', async (_what, render) => {
    await expectInert(render, { markup: true });
    await expectInert(render);
  });
});
