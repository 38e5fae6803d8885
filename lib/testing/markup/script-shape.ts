/** JavaScript's strings, comments, regular expressions and the parts of templates, or a single character of the rest. */
const pieces =
  /"(?:[^"\\\n\r]|\\[\s\S])*"|'(?:[^'\\\n\r]|\\[\s\S])*'|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/|<!--[^\n\r\u2028\u2029]*|[\w$]+|\s+|[\s\S]/y;

const regularExpression = /\/(?:[^/\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+\//y;
/** Up to the end of the template, or to the code in it. */
const template = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(`|\$\{)?/y;

/** Behind these a slash begins a regular expression. */
const beforeOperand = /(?:^|[=(,:;!&|?{}[+\-*%~^<>]|\b(?:return|typeof|case|in|of|delete|void|do|else))$/;

/**
 * Code with nothing in its strings, and without comments and white space: `var a = "x"; // y` is `var a="";`. Where a value
 * is a part of a string, as an escaped one is, every value makes the same.
 */
export function scriptShape(code: string): string {
  let shape = '';
  /** For each template that is open, how many braces its code has open. */
  const templates: number[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(code);
    if (!found) return undefined;
    at = pattern.lastIndex;
    return found[0];
  };
  const templatePart = (): void => {
    const part = match(template) ?? '';
    if (part.endsWith('${')) {
      templates.push(0);
      shape += '${';
    } else if (part.endsWith('`')) shape += '`';
  };

  while (at < code.length) {
    if (
      code[at] === '/' &&
      code[at + 1] !== '/' &&
      code[at + 1] !== '*' &&
      beforeOperand.test(shape.slice(-12))
    ) {
      const found = match(regularExpression);
      if (found !== undefined) {
        shape += found;
        continue;
      }
    }
    const piece = match(pieces) as string;
    const [first] = piece;
    const open = templates.length - 1;
    // One that the end of its line leaves open is none.
    if (first === '"' || first === "'") shape += piece.length > 1 ? first + first : `${first}?`;
    else if (/^(?:\/[/*]|<!--)/.test(piece)) continue;
    else if (first === '`') {
      shape += '`';
      templatePart();
    } else if (first === '}' && templates[open] === 0) {
      templates.pop();
      shape += '}';
      templatePart();
    } else if (/^\s/.test(piece)) {
      // A word stays apart from the next.
      if (/[\w$]$/.test(shape) && /^[\w$]/.test(code.slice(at, at + 1))) shape += ' ';
    } else {
      if (open >= 0 && first === '{') templates[open] = (templates[open] as number) + 1;
      if (open >= 0 && first === '}') templates[open] = (templates[open] as number) - 1;
      shape += piece;
    }
  }
  return shape.trim();
}
