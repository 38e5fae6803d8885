import { describe, expect, it } from 'vitest';
import { dollarQuoted, identifier, literal } from './quote.ts';

describe('quoting for PostgreSQL', () => {
  it.each([
    ['orders', '"orders"'],
    ['a"b', '"a""b"'],
    ['a\\b', '"a\\b"'],
    ['a\nb', 'U&"a\\000ab"'],
    ['\u00e9\\"', 'U&"\\00e9\\\\"""'],
    ['\u{1f600}', 'U&"\\+01f600"'],
  ])('%j as a name', (name, quoted) => {
    expect(identifier(name)).toBe(quoted);
  });

  it('doubles the quotes of a string', () => {
    expect(literal("a'b\\")).toBe("'a''b\\'");
    expect(literal("\u001b'")).toBe("U&'\\001b'''");
  });

  it('ends no body of DO by what is in it', () => {
    expect(dollarQuoted('a $bulwark$ b')).toBe('$bulwark1$a $bulwark$ b$bulwark1$');
  });
});
