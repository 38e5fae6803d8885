/**
 * Returns the offset where a piece of JavaScript ends: at the first of the characters `stops` that is outside of brackets,
 * strings and comments. Returns `to` if there is none.
 *     endOfJavascript('{a: "}"}} b', 0, 11, '}')   // 8
 */
export function endOfJavascript(text: string, from: number, to: number, stops: string): number {
  const open: string[] = [];
  let previous = '(';
  for (let i = from; i < to; i++) {
    const c = text.charAt(i);
    if (open.length === 0 && stops.includes(c)) return i;
    if (c === '"' || c === "'") i = endOfString(text, i, to);
    else if (c === '`') open.push('`');
    else if (c === '/' && text.charAt(i + 1) === '/') i = lineEnd(text, i, to);
    else if (c === '/' && text.charAt(i + 1) === '*') i = commentEnd(text, i, to);
    else if (c === '/' && /[(,=:[!&|?{};+\-*%<>~^]/.test(previous)) i = endOfRegex(text, i, to);
    else if (c === '(' || c === '[' || c === '{') open.push(c);
    else if (c === ')' || c === ']' || c === '}') open.pop();
    if (c === '`' || (c === '}' && open.at(-1) === '`')) {
      i = endOfTemplate(text, i + 1, to);
      // An interpolated value begins, or the literal ends.
      if (text.charAt(i) === '`') open.pop();
      else open.push('{');
    }
    if (!/\s/.test(c)) previous = c;
  }
  return to;
}

function endOfString(text: string, from: number, to: number): number {
  const quote = text.charAt(from);
  for (let i = from + 1; i < to; i++) {
    const c = text.charAt(i);
    if (c === '\\') i++;
    else if (c === quote || c === '\n') return i;
  }
  return to;
}

/** The backtick that ends a template literal, or the bracket of an interpolated value. */
function endOfTemplate(text: string, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const c = text.charAt(i);
    if (c === '\\') i++;
    else if (c === '`') return i;
    else if (c === '$' && text.charAt(i + 1) === '{') return i + 1;
  }
  return to;
}

function endOfRegex(text: string, from: number, to: number): number {
  let isClass = false;
  for (let i = from + 1; i < to; i++) {
    const c = text.charAt(i);
    if (c === '\n') return from;
    if (c === '\\') i++;
    else if (c === '[') isClass = true;
    else if (c === ']') isClass = false;
    else if (c === '/' && !isClass) return i;
  }
  return from;
}

function lineEnd(text: string, from: number, to: number): number {
  for (let i = from; i < to; i++) if (text.charAt(i) === '\n') return i;
  return to;
}

function commentEnd(text: string, from: number, to: number): number {
  for (let i = from + 2; i < to; i++) if (text.charAt(i) === '*' && text.charAt(i + 1) === '/') return i + 1;
  return to;
}
