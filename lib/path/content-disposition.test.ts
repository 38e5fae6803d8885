import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentDisposition } from './content-disposition.ts';

describe('contentDisposition', () => {
  it.each([
    ['report.pdf', 'attachment; filename="report.pdf"'],
    ['my report (final).pdf', 'attachment; filename="my report (final).pdf"'],
    ['a\u00f1o.pdf', `attachment; filename="a_o.pdf"; filename*=UTF-8''a%C3%B1o.pdf`],
    ["l'\u00e9t\u00e9.txt", `attachment; filename="l'_t_.txt"; filename*=UTF-8''l%27%C3%A9t%C3%A9.txt`],
    [
      '\u65e5\u672c\u8a9e.docx',
      `attachment; filename="___.docx"; filename*=UTF-8''%E6%97%A5%E6%9C%AC%E8%AA%9E.docx`,
    ],
    ['\ud83d\ude00.png', `attachment; filename="_.png"; filename*=UTF-8''%F0%9F%98%80.png`],
    // Persian and Hindi need joiners, and so do emoji of several characters.
    [
      '\u0645\u06cc\u200c\u062e.pdf',
      `attachment; filename="____.pdf"; filename*=UTF-8''%D9%85%DB%8C%E2%80%8C%D8%AE.pdf`,
    ],
    ['100%.txt', `attachment; filename="100_.txt"; filename*=UTF-8''100%25.txt`],
    ['.gitignore', 'attachment; filename=".gitignore"'],
  ])('keeps the name %s', (name, header) => {
    expect(contentDisposition('attachment', name)).toBe(header);
  });

  it.each([
    [
      'a"; filename="evil.exe',
      `attachment; filename="a_; filename=_evil.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22evil.exe`,
    ],
    ['a\r\nSet-Cookie: a=b', 'attachment; filename="a__Set-Cookie_ a=b"'],
    ['../../etc/passwd', 'attachment; filename=".._.._etc_passwd"'],
    ['C:\\boot.ini', 'attachment; filename="C__boot.ini"'],
    ['setup.exe .', 'attachment; filename="setup.exe"'],
    ['photo\u202egnp.exe', 'attachment; filename="photo_gnp.exe"'],
    ['a\u200bb\u200f.png', 'attachment; filename="a_b_.png"'],
    ['a\0.png', 'attachment; filename="a_.png"'],
    ['...', 'attachment; filename="download"'],
    ['', 'attachment; filename="download"'],
    ['\ud800.txt', `attachment; filename="_.txt"; filename*=UTF-8''%EF%BF%BD.txt`],
  ])('makes %j harmless', (name, header) => {
    expect(contentDisposition('attachment', name)).toBe(header);
  });

  it('shortens a long name and keeps its extension', () => {
    const header = contentDisposition('inline', `${'\u00e9'.repeat(400)}.pdf`);
    expect(decodeURIComponent(header.split("UTF-8''")[1] as string)).toBe(`${'\u00e9'.repeat(125)}.pdf`);
  });

  it.each([
    ['dots', 'a'.padEnd(5_000_000, '. ')],
    ['accents', 'a'.padEnd(5_000_000, '\u0301\u0316')],
  ])('looks at no more of a name of many %s than it sends', (_, name) => {
    expect(contentDisposition('attachment', `${name}b.pdf`)).toMatch(/%?\.pdf"?$/);
  });

  it('is one ASCII header of two parameters, whatever the name is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        expect(contentDisposition('attachment', name)).toMatch(
          /^attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]{1,255}"(?:; filename\*=UTF-8''[A-Za-z\d!#$&+.^_`|~%-]+)?$/,
        );
      }),
      { numRuns: 50 },
    );
  });
});
