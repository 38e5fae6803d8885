import { afterAll, describe, expect, it } from 'vitest';
import { configureEvents, type SecurityEvent } from '../../event/index.ts';
import { legitimateLinks } from '../../testing/corpus/xss.ts';
import { html, render } from '../index.ts';

const events: SecurityEvent[] = [];
const recorder = configureEvents({ sinks: [{ name: 'test', write: (batch) => void events.push(...batch) }] });

afterAll(async () => {
  await recorder.close();
  configureEvents({ sinks: [] });
});

describe('URL attributes', () => {
  it.each(legitimateLinks)('leads to %s', (link) => {
    expect(render(html`<a href="${link}">x</a>`)).toBe(
      `<a href="${link.replaceAll('&', '&amp;').replaceAll("'", '&#39;')}">x</a>`,
    );
  });

  it('sets other schemes aside, with an event that names the place', async () => {
    await recorder.flush();
    events.length = 0;
    expect(render(html`<a href="${' java\tscript:alert(1)'}">x</a>`)).toBe(
      '<a href="about:invalid#bulwark">x</a>',
    );
    await recorder.flush();
    expect(events).toMatchObject([
      { code: 'html/unsafe-url', action: 'blocked', evidence: { place: 'href of <a>' } },
    ]);
  });

  it('decides on all holes of an attribute together', () => {
    expect(render(html`<a href="${'java'}${'script:alert(1)'}">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="${'java'}script:${'alert(1)'}">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="${'https:'}${'//example.com'}">`)).toBe('<a href="https://example.com">');
  });

  it('encodes values behind a static start', () => {
    expect(render(html`<a href="/u/${'a/b?c'}/x?q=${'d&e=f'}&amp;r=${'\u00e9'}#${'g h'}">`)).toBe(
      '<a href="/u/a%2Fb%3Fc/x?q=d%26e%3Df&amp;r=%C3%A9#g%20h">',
    );
    expect(render(html`<a href="mailto:${'a+b@example.com?bcc=x'}">`)).toBe(
      '<a href="mailto:a+b@example.com%3Fbcc%3Dx">',
    );
  });

  it('lets no value climb out of a static path or onto another host', () => {
    expect(render(html`<a href="/u/${'..'}/x">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="/${''}/${'evil.example'}">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="${'https://own.example'}${'.evil.example'}">`)).toBe(
      '<a href="about:invalid#bulwark">',
    );
    expect(render(html`<a href="${'https://own.example'}${'/ok'}">`)).toBe(
      '<a href="https://own.example/ok">',
    );
    expect(render(html`<a href="/u/${'...'}/${'.x'}">`)).toBe('<a href="/u/.../.x">');
  });

  it.each([
    [['/users/', '../admin'], undefined],
    [['/users/', '7'], '/users/7'],
    [['/users/.', './admin'], undefined],
    [['/users/.', 'x'], '/users/.x'],
    [['/users', '/x/..\\..'], undefined],
    [['/users', '/x/..y'], '/users/x/..y'],
    [['/users/', '.\t./admin'], undefined],
    [['/users/', '%2E%2e/admin'], undefined],
    [['/users/', '?back=../admin'], '/users/?back=../admin'],
    [['https://own.example/a/', '..'], undefined],
    [['https://own.example/../', 'b'], 'https://own.example/../b'],
    [['..', '/x'], '../x'],
    [['..', ''], '..'],
    [['..', '/../x'], undefined],
  ])('lets no later value of %j climb out of the path of the first', ([base, path], url) => {
    expect(render(html`<a href="${base}${path}">`)).toBe(`<a href="${url ?? 'about:invalid#bulwark'}">`);
    expect(render(html`<a href="${base}${path}?page=${2}">`)).toBe(
      `<a href="${url === undefined ? 'about:invalid#bulwark' : `${url}?page=2`}">`,
    );
  });

  it.each([
    ['..', undefined],
    ['../..', undefined],
    ['%2e%2E', undefined],
    ['.%2e', undefined],
    ['a/../..', undefined],
    ['.\t.', undefined],
    [' ..', undefined],
    ['..\\..', undefined],
    ['/..', undefined],
    ['https://own.example/..', undefined],
    ['//own.example/..', undefined],
    ['...', '.../edit'],
    ['', '/edit'],
    ['.', './edit'],
    ['..a', '..a/edit'],
    ['a..', 'a../edit'],
    ['a', 'a/edit'],
    ['a/..', 'a/../edit'],
    ['/users/7', '/users/7/edit'],
    ['https://own.example', 'https://own.example/edit'],
    ['?a=..', '?a=../edit'],
  ])('lets no value %j at the start climb out of where a static path goes on', (value, url) => {
    const shown = url ?? 'about:invalid#bulwark';
    expect(render(html`<a href="${value}/edit">`)).toBe(`<a href="${shown}">`);
    expect(render(html`<a href="${value}/edit?a=${'b'}">`)).toBe(
      `<a href="${url === undefined ? shown : `${url}?a=b`}">`,
    );
    // As a whole, it is what the application gave.
    if (value === '..') expect(render(html`<a href="${value}">`)).toBe('<a href="..">');
  });

  it('counts only what the value climbs, and dots that it joins with those of the template', () => {
    expect(render(html`<a href="${'a/b'}/../x">`)).toBe('<a href="a/b/../x">');
    expect(render(html`<a href="${'..'}/../x">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="${'.'}./x">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="${'%2'}e./x">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="${'..'}/${'x'}">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<a href="${'..'}?a=${'x'}">`)).toBe('<a href="..?a=x">');
    expect(render(html`<a href="${'..'}${'/a'}/x">`)).toBe('<a href="about:invalid#bulwark">');
  });

  it('takes a URL and URLSearchParams as they are', () => {
    const url = new URL('https://example.com/a?b=c');
    const query = new URLSearchParams({ q: 'a&b', page: '2' });
    expect(render(html`<a href="${url}"></a><a href="/s?${query}"></a>`)).toBe(
      '<a href="https://example.com/a?b=c"></a><a href="/s?q=a%26b&amp;page=2"></a>',
    );
  });

  it('takes a part of a host where the rest is static', () => {
    expect(render(html`<a href="https://${'shop'}.example.com:${8080}/">`)).toBe(
      '<a href="https://shop.example.com:8080/">',
    );
    expect(render(html`<a href="https://${'evil.example/'}.example.com/">`)).toBe(
      '<a href="about:invalid#bulwark">',
    );
  });

  it('shows bitmaps from data URLs as images, and nothing else', () => {
    const bitmap = 'data:image/png;base64,iVBORw0KGgo=';
    expect(render(html`<img src="${bitmap}"><img src="data:image/png;base64,${'AAAA'}">`)).toBe(
      `<img src="${bitmap}"><img src="data:image/png;base64,AAAA">`,
    );
    expect(render(html`<a href="${bitmap}">`)).toBe('<a href="about:invalid#bulwark">');
    expect(render(html`<img src="${'data:image/svg+xml;base64,AAAA'}">`)).toBe(
      '<img src="about:invalid#bulwark">',
    );
  });
});
