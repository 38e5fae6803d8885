import { configureEvents } from 'bulwark/event';
import { expectInert } from 'bulwark/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import * as defended from '../defended/pages.ts';
import type { User } from '../model.ts';
import * as undefended from '../undefended/pages.ts';

const user: User = {
  id: 1,
  email: 'm@example.com',
  name: 'Mallory',
  bio: 'Sails.',
  website: 'https://example.com/',
};

type Pages = typeof undefended;
type Use = (pages: Pages) => (payload: string) => string;

/** Each place where the undefended shop writes a value into a page. */
const holes: readonly [name: string, use: Use, options?: { markup: true }][] = [
  ['the message at log in', (pages) => (payload) => pages.loginPage(payload)],
  ['the name that is welcomed', (pages) => (name) => pages.welcomePage({ ...user, name })],
  [
    'the name of a customer',
    (pages) => (name) =>
      pages.accountPage({ id: 1, email: 'm@example.com', name, credit: '1.00', address: '' }),
  ],
  [
    'the address of a customer',
    (pages) => (address) =>
      pages.accountPage({ id: 1, email: 'm@example.com', name: 'Mallory', credit: '1.00', address }),
  ],
  ['a problem', (pages) => (payload) => pages.problemPage(payload)],
  ['the search for products', (pages) => (q) => pages.productsPage(q, [])],
  [
    'the name of a product',
    (pages) => (name) => pages.productsPage('', [{ id: 1, name, category: '', price: '' }]),
  ],
  ['the search', (pages) => (payload) => pages.searchPage(payload)],
  ['the name of a user', (pages) => (name) => pages.userPage({ ...user, name }, 'avatar.svg')],
  ["a user's own words", (pages) => (bio) => pages.userPage({ ...user, bio }, 'avatar.svg')],
  ["a user's website", (pages) => (website) => pages.userPage({ ...user, website }, 'avatar.svg')],
  ['the author of a comment', (pages) => (author) => pages.commentsPage([{ id: 1, author, content: '' }])],
  [
    'a comment',
    (pages) => (content) => pages.commentsPage([{ id: 1, author: 'Mallory', content }]),
    { markup: true },
  ],
  ['the month of the report', (pages) => (month) => pages.reportPage(month, [])],
  [
    'the title of a preview',
    (pages) => (title) => pages.previewPage({ url: 'https://example.com/', status: 200, title, excerpt: '' }),
  ],
  [
    'the link of a preview',
    (pages) => (url) => pages.previewPage({ url, status: 200, title: 'News', excerpt: '' }),
  ],
];

describe('expectInert on the lab', () => {
  beforeAll(() => void configureEvents({ sinks: [] }));

  it.each(holes)('is red at %s of the undefended shop', async (_name, use, options) => {
    await expect(expectInert(use(undefended), options)).rejects.toThrow(/^XSS: a payload/);
  });

  it.each(holes)('is green at %s of the defended shop', async (_name, use, options) => {
    await expectInert(use(defended), options);
  });
});
