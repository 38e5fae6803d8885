import { describe, expect, it } from 'vitest';
import { Refusal } from '../../refusal/refusal.ts';
import { expectInert } from './expect-inert.ts';

const escaped = (value: string): string => value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const refusing = (): never => {
  throw new Refusal('html/not-text', { detail: { place: 'text', type: 'Object' } });
};

describe('expectInert on what harmless values vary in', () => {
  it.each<[string, (value: string) => string]>([
    ['line breaks', (value) => `<p>${escaped(value).replaceAll('\n', '<br>')}</p>`],
    [
      'links',
      (value) =>
        `<p>${escaped(value).replace(/https?:\/\/[^\s&]+/g, (url) => `<a href="${url}">${url}</a>`)}</p>`,
    ],
    [
      'words',
      (value) =>
        value
          .split(' ')
          .map((word) => `<b>${escaped(word)}</b>`)
          .join(''),
    ],
    ['length', (value) => `<p${value.length > 20 ? ' class="long"' : ''}>${escaped(value)}</p>`],
    [
      'being a URL',
      (value) => (/^https?:/.test(value) ? `<a href="${escaped(value)}">a</a>` : `<i>${escaped(value)}</i>`),
    ],
  ])('is green where they are escaped and make elements: %s', async (_what, render) => {
    await expectInert(render);
  });

  it('is red where they do and are not escaped', async () => {
    const lines = (value: string): string => `<p>${value.replaceAll('\n', '<br>')}</p>`;
    await expect(expectInert(lines, { payloads: ['<b>a</b>'] })).rejects.toThrow(/changed the page/);
  });

  it('takes values that make elements of their own', async () => {
    const tag = (value: string): string =>
      value.replace(/&|</g, '').replace(/\$(\w+)/g, '<a class="who">$1</a>');
    const payloads = ['see $ann'];
    await expectInert(tag, { payloads, harmless: ['$harmless'] });
    await expect(expectInert(tag, { payloads })).rejects.toThrow(/changed the page/);
  });
});

describe('expectInert where nothing is proved', () => {
  it('is red for a page that is not about the value', async () => {
    await expect(expectInert(() => '<h1>404</h1>')).rejects.toThrow(/no page shows a harmless value/);
    await expect(expectInert(() => '')).rejects.toThrow(/no page shows a harmless value/);
    await expectInert((value) => `<p title="${value.toUpperCase().replace(/\W/g, '')}">`);
  });

  it('takes it where it is said that it is meant', async () => {
    await expectInert((value) => `<p>${Buffer.from(value).toString('base64')}</p>`, { unseen: true });
  });

  it('is red where every payload is refused, and where no harmless value makes a page', async () => {
    const link = (value: string): string => (value.includes('<') ? refusing() : `<p>${value}</p>`);
    const payloads = ['<b>'];
    await expect(expectInert(link, { payloads })).rejects.toThrow(/every payload was refused/);
    await expectInert(link, { payloads, unseen: true });
    await expect(expectInert(refusing)).rejects.toThrow(/no harmless value made a page/);
  });
});
