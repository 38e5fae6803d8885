import { describe, expect, it } from 'vitest';
import { isVendoredLibrary } from './vendored-library.ts';

const read = (path: string): string | undefined => (path === 'requirements.txt' ? 'django' : undefined);

const grid = '/*! Grid 1.10.16 | MIT License */';

describe('isVendoredLibrary', () => {
  it.each([
    ['a name, a version and a licence', grid, true],
    ['the version of a licence only', '/*! Grid | Apache License, Version 2.0 */', false],
    ['the version of a Creative Commons licence only', '/*! (c) Us, CC-BY-SA 4.0 */', false],
    ['no licence', '/*! Grid 1.10.16 */', false],
    ['a plugin of jQuery and a licence', '/* jQuery Tags Plugin\n * (c) Us, MIT license */', true],
    ['a file that needs a plugin of jQuery', '/* Starts the jQuery Tags plugin. */', false],
    ['those of its parts behind it', `${grid}\nf();\n/*!\n * Grid Rows 1.10.16 */`, true],
    ['that of another library behind it', `${grid}\nf();\n/*!\n * Menus 2.0.1 */`, false],
  ])('judges a banner with %s', (_, banner, expected) => {
    expect(isVendoredLibrary('static/grid.js', `${banner}\n(function () {})();\n`, read)).toBe(expected);
  });

  it.each(['cc-by', 'cc-by(', 'cc-by ,', 'v ', 'gpl v ', 'a - ', '"name"', '; \n'])(
    'reads a banner of many times %j in little time',
    (part) => {
      const banner = `/*! MIT licence (c) ${part.repeat(100_000)} */`;
      expect(isVendoredLibrary('static/grid.js', banner, read)).toBe(false);
    },
  );
});
