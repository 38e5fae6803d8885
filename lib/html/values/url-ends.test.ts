import { beforeAll, describe, expect, it } from 'vitest';
import { configureEvents } from '../../event/index.ts';
import { html, render, resourceUrl, safeUrl } from '../index.ts';

beforeAll(() => {
  configureEvents({ sinks: [] });
});

const unsafe = 'about:invalid#bulwark';

/** The href that the tag writes for static text and values in turn. */
function href(texts: readonly string[], ...values: readonly unknown[]): string {
  const parts = [...texts];
  parts[0] = `<a href="${parts[0]}`;
  parts[parts.length - 1] += '">';
  const strings = Object.freeze(Object.assign(parts, { raw: Object.freeze([...parts]) }));
  const page = (html as (strings: TemplateStringsArray, ...values: unknown[]) => ReturnType<typeof html>)(
    strings as unknown as TemplateStringsArray,
    ...values,
  );
  return /^<a href="(.*)">$/s.exec(render(page as never))?.[1] ?? 'no href';
}

describe('the ends of a URL, which URL parsers trim', () => {
  it.each([' ', '  ', '&#32;', '&#x20;', '&#x1f;', '&#1;', '\t', '\n ', ' \f', '&#9;&#32;', '\u001f'])(
    'let no value leave the path in front of %j',
    (end) => {
      expect(href(['/users/', end], '..')).toBe(unsafe);
      expect(href(['/users/', end], '.')).toBe(unsafe);
      expect(href(['/users/.', end], '.')).toBe(unsafe);
      expect(href(['/users/.', `.${end}`], '')).toBe(unsafe);
      expect(href(['/users/', `.${end}`], '.')).toBe(unsafe);
      expect(href(['/users/', '', end], '.', '.')).toBe(unsafe);
      expect(href(['/users/', '/', end], 'a', '..')).toBe(unsafe);
      expect(href(['https://own.example/', end], '..')).toBe(unsafe);
      // Twins that stay where they are.
      expect(href(['/users/', end], '7')).toBe('/users/7');
      expect(href(['/users/', end], '...')).toBe('/users/...');
      expect(href(['/users/', end], 'a b')).toBe('/users/a%20b');
      expect(href(['/s?q=', end], '..')).toBe('/s?q=..');
    },
  );

  it.each([' ', '&#32;', '&#1;'])('let no value leave the path behind %j and an empty start', (space) => {
    expect(href(['', space, '/x'], '', '..')).toBe(unsafe);
    expect(href([space, '/x'], '..')).toBe(unsafe);
    expect(href([space, '/x'], 'a')).toBe('a/x');
    expect(href(['', `${space}a/`, ''], '', 'b')).toBe('a/b');
  });

  it('are trimmed in the other tags too', () => {
    expect(render(html`<a href="${safeUrl`/users/${'..'} `}">`)).toContain(unsafe);
    expect(render(html`<a href="${safeUrl`webcal://own.example/a/${'..'} `}">`)).toContain(unsafe);
    expect(render(html`<a href="${safeUrl`web+app:/a/${'..'}`}">`)).toContain(unsafe);
    expect(render(html`<a href="${safeUrl`web+app:/a/${'..'} `}">`)).toContain(unsafe);
    expect(render(html`<a href="${safeUrl`/users/${'7'} `}">`)).toContain('/users/7');
    expect(render(html`<a href="${safeUrl`web+app:/a/${'b'}`}">`)).toContain('web+app:/a/b');
    expect(render(html`<a href="${safeUrl`sms:${'+1'}?body=${'..'}`}">`)).toContain('sms:+1?body=..');
    expect(() => resourceUrl`/assets/${'..'} `).toThrow(
      expect.objectContaining({ code: 'html/unsafe-literal' }),
    );
    expect(render(html`<script src="${resourceUrl`/assets/${'..'}`}"></script>`)).toContain(unsafe);
  });
});

describe('the host of a URL', () => {
  it.each(['//', '/\\', '///', '\\\\', '/\t/', ' //', 'https:', 'https:/', 'https://', 'http:\\\\', '/'])(
    'is not the static text behind the value %j',
    (value) => {
      expect(href(['', '/edit'], value)).toBe(unsafe);
      expect(href(['', '/edit?a=', ''], value, 'b')).toBe(unsafe);
    },
  );

  it('is that of a value, or of the template', () => {
    expect(href(['', '/edit'], 'https://own.example')).toBe('https://own.example/edit');
    expect(href(['', '/edit'], '//cdn.example')).toBe('//cdn.example/edit');
    expect(href(['', '/edit'], '')).toBe('/edit');
    expect(href(['', ''], '//cdn.example/a')).toBe('//cdn.example/a');
    expect(href(['', '//own.example/a'], 'https:')).toBe('https://own.example/a');
    expect(href(['', '', ''], 'https:', '//own.example')).toBe('https://own.example');
  });

  it('may come with a port where the authority ends behind it', () => {
    expect(href(['http://', '/p'], 'localhost:3000')).toBe('http://localhost:3000/p');
    expect(href(['http://', ''], 'localhost:65535')).toBe('http://localhost:65535');
    expect(href(['//', '?a=', ''], 'own.example:1', 'b')).toBe('//own.example:1?a=b');
    for (const host of ['a:0', 'a:65536', 'a:', 'a:1:2', 'a:x', 'a:1@evil.example', ':80']) {
      expect(href(['http://', '/p'], host)).toBe(unsafe);
    }
    expect(href(['https://', '.example.com/'], 'evil:3000')).toBe(unsafe);
    expect(href(['https://', '', '/'], 'a:3', '0')).toBe(unsafe);
  });
});
