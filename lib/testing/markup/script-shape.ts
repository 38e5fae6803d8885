import { placeOf } from './url-place.ts';

/** JavaScript's strings, comments, numbers and words, or a single character of the rest. */
const pieces =
  /"(?:[^"\\\n\r]|\\[\s\S])*"|'(?:[^'\\\n\r]|\\[\s\S])*'|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/|<!--[^\n\r\u2028\u2029]*|0[xob][\da-f_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?n?|[\w$]+|\s+|[\s\S]/iy;

const regularExpression = /\/(?:[^/\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+\//y;
/** Up to the end of the template, or to the code in it. */
const template = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(`|\$\{)?/y;

/** Behind these a slash begins a regular expression. */
const beforeOperand = /(?:^|[=(,:;!&|?{}[+\-*%~^<>]|\b(?:return|typeof|case|in|of|delete|void|do|else))$/;

/** Behind these a string is code, or says where code is loaded from. */
const beforeCode = /(?:^|[^\w$])(?:eval|setTimeout|setInterval|Function)\($/;
const beforePlace = /(?:^|[^\w$])(?:import\(?|from)$/;

/** Members of a list that are data: a list has as many as there are. */
const repeated = /(?<=[[,])(""|''|0|\{[^{}()[\]`]*\})(?:,\1)+(?=,?\])/g;

/**
 * Code with nothing in its strings and its numbers, and without comments and white space: `var a = "x"; // y` is
 * `var a="";`. Where a value is a part of a string, as an escaped one is, every value makes the same.
 */
export function scriptShape(code: string, depth = 0): string {
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
    if (first === '"' || first === "'") shape += stringShape(piece, shape, depth);
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
    } else if (/^\.?\d/.test(piece)) shape += '0';
    else {
      if (open >= 0 && first === '{') templates[open] = (templates[open] as number) + 1;
      if (open >= 0 && first === '}') templates[open] = (templates[open] as number) - 1;
      shape += piece;
    }
  }
  return shape.trim().replace(repeated, '$1');
}

/** Nobody writes code in code in code. */
const deepest = 3;

function stringShape(piece: string, before: string, depth: number): string {
  const [quote] = piece as unknown as readonly [string];
  // One that the end of its line leaves open is none.
  if (piece.length === 1) return `${quote}?`;
  const tail = before.slice(-16);
  if (depth < deepest && beforeCode.test(tail)) return quote + scriptShape(cooked(piece), depth + 1) + quote;
  return beforePlace.test(tail) ? quote + placeOf(cooked(piece)) + quote : quote + quote;
}

/** What a string in quotes says. */
function cooked(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(
      /\\(?:x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\}|\r\n|([\s\S]))/gi,
      (_whole, two, four, many, char: string | undefined) => {
        const digits: string | undefined = two ?? four ?? many;
        if (digits !== undefined)
          return String.fromCodePoint(Math.min(Number.parseInt(digits, 16), 0x10ffff));
        return char === undefined || char === '\n' ? '' : (controls[char] ?? char);
      },
    );
}

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
