/** A word of a shell script, or an operator between commands. */
export type ShellToken = { readonly word: string } | { readonly operator: string };

const maxTokens = 20_000;
const maxLength = 100_000;

/**
 * Splits a shell script into words and operators. Quotes are taken away; what is substituted stays as it is written. This reads what
 * people write in CI files: it does not expand anything.
 */
export function shellTokens(script: string): readonly ShellToken[] {
  const text = script.slice(0, maxLength);
  const tokens: ShellToken[] = [];
  let word: string | undefined;
  const end = (): void => {
    if (word !== undefined) tokens.push({ word });
    word = undefined;
  };
  const operator = (sign: string): void => {
    end();
    tokens.push({ operator: sign });
  };
  let at = 0;
  while (at < text.length && tokens.length < maxTokens) {
    const char = text.charAt(at);
    const two = text.slice(at, at + 2);
    if (char === '\\') {
      if (text.charAt(at + 1) !== '\n' && text.slice(at + 1, at + 3) !== '\r\n')
        word = (word ?? '') + text.charAt(at + 1);
      at += text.slice(at + 1, at + 3) === '\r\n' ? 3 : 2;
    } else if (char === "'") {
      const close = text.indexOf("'", at + 1);
      word = (word ?? '') + text.slice(at + 1, close < 0 ? text.length : close);
      at = close < 0 ? text.length : close + 1;
    } else if (char === '"') {
      const [inside, next] = doubleQuoted(text, at + 1);
      word = (word ?? '') + inside;
      at = next;
    } else if (two === '$(' || two === '${') {
      const next = substitutionEnd(text, at + 1);
      word = (word ?? '') + text.slice(at, next);
      at = next;
    } else if (char === '#' && word === undefined) {
      const line = text.indexOf('\n', at);
      at = line < 0 ? text.length : line;
    } else if (two === '<<' && text.charAt(at + 2) !== '<') {
      end();
      at = afterHeredoc(text, at);
    } else if (['&&', '||', ';;'].includes(two)) {
      operator(two);
      at += 2;
    } else if (char === '>' || char === '<') {
      // `2>`: the number of a descriptor
      if (word !== undefined && /^\d$/.test(word)) word = undefined;
      end();
      const [redirection = char] = /^[<>]{1,3}&?\d?-?\s*/.exec(text.slice(at, at + 100)) ?? [];
      at += redirection.length;
      // The file that follows is no argument of the command.
      if (!/\d|-/.test(redirection)) at = wordEnd(text, at);
    } else if (
      '&|;\n(){}'.includes(char) &&
      !(char === '{' && word !== undefined) &&
      !(char === '}' && word !== undefined)
    ) {
      operator(char);
      at++;
    } else if (/\s/.test(char)) {
      end();
      at++;
    } else {
      word = (word ?? '') + char;
      at++;
    }
  }
  end();
  return tokens;
}

function doubleQuoted(text: string, from: number): [inside: string, next: number] {
  let inside = '';
  for (let at = from; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '"') return [inside, at + 1];
    if (char === '\\' && '"\\$`'.includes(text.charAt(at + 1))) inside += text.charAt(++at);
    else inside += char;
  }
  return [inside, text.length];
}

/** Behind the bracket that closes `$(` or `${`. */
function substitutionEnd(text: string, open: number): number {
  const closing = text.charAt(open) === '(' ? ')' : '}';
  let depth = 0;
  for (let at = open; at < text.length && at < open + 1000; at++) {
    if (text.charAt(at) === text.charAt(open)) depth++;
    if (text.charAt(at) === closing && --depth === 0) return at + 1;
  }
  return open + 1;
}

function afterHeredoc(text: string, at: number): number {
  const [start = '', name = ''] = /^<<-?\s*["']?(\w+)["']?/.exec(text.slice(at, at + 100)) ?? [];
  if (name === '') return at + 2;
  const body = text.indexOf('\n', at + start.length);
  const close = body < 0 ? -1 : text.slice(body).search(new RegExp(`^[\\t ]*${name}\\s*$`, 'm'));
  // What stands behind the name on its line belongs to the command.
  return body < 0 || close < 0 ? text.length : body + close + text.slice(body + close).search(/\n|$/);
}

function wordEnd(text: string, from: number): number {
  const [word = ''] = /^("[^"]*"|'[^']*'|[^\s;&|()<>])+/.exec(text.slice(from, from + 1000)) ?? [];
  return from + word.length;
}
