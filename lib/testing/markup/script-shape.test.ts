import { describe, expect, it } from 'vitest';
import { scriptShape } from './script-shape.ts';

describe('scriptShape', () => {
  it.each([
    ['a string', `var a = "x";`, `var a = "y 'z' \\" // b";`],
    ['a string in single quotes', `a('x')`, `a('\\'; alert(1)')`],
    ['a comment', 'a() // x', 'a() // y'],
    ['white space', 'a ( )', 'a()'],
    ['a template', 'a(`x`)', 'a(`y $ \\` z`)'],
    ['a string inside a template', `a(\`x\${b("c")}\`)`, `a(\`y\${b("d")}z\`)`],
  ])('is the same whatever stands in %s', (_what, one, other) => {
    expect(scriptShape(other)).toBe(scriptShape(one));
  });

  it.each([
    ['a quote', `var a = "x";`, `var a = "";alert(1)//";`],
    ['a line end', `var a = "x";`, `var a = "\n";`],
    ['a backslash', `a("x", "y")`, `a("\\", "alert(1)//")`],
    ['the end of a comment', '/* x */ a()', '/* */alert(1)/* */ a()'],
    ['a placeholder of a template', 'a(`x`)', `a(\`\${alert(1)}\`)`],
    ['the end of a template', 'a(`x`)', 'a(`x`+alert(1)+`x`)'],
    ['a word', 'var a = x', 'var a = x.y'],
  ])('differs for %s that gets out', (_what, one, other) => {
    expect(scriptShape(other)).not.toBe(scriptShape(one));
  });

  it('takes a quote in a regular expression for no string', () => {
    expect(scriptShape(`a = /['"]/.test(b); c = "x"`)).toBe(`a=/['"]/.test(b);c=""`);
    expect(scriptShape('a = b / c / "x"')).toBe('a=b/c/""');
  });
});
