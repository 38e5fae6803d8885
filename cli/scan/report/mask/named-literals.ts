import { literalsIn } from './literals-in.ts';
import { mayBeSecretValue, mayBeValue } from './may-be-value.ts';
import type { TextRange } from './text-range.ts';

/**
 * Finds string literals that the code around them shows to be secrets. A name says so (`password: '...'`, `env.SECRET ||
 * '...'`, `get("TOKEN", "...")`), or they are passed as a key (`createHmac('sha256', '...')`).
 */
export function* namedLiterals(text: string): Generator<TextRange> {
  let last: TextRange = { at: 0, end: -1 };
  for (const { at, end, open } of literalsIn(text, true)) {
    if (end - at < 3 || end - at > 4096) continue;
    const before = codeBefore(text, open);
    const behind = text.slice(end + 1, end + 100);
    if (isContinued(text, last, open) || isSecret(before, behind, text.slice(at, end))) {
      last = { at, end };
      yield last;
    }
  }
}

function isSecret(before: string, behind: string, value: string): boolean {
  if (keyArgument.test(before)) return mayBeSecretValue(value);
  if (!mayName.test(before) && !mayName.test(behind)) return false;
  const names = [attribute.exec(before)?.[1], nameBefore.exec(before)?.[1], nameBehind.exec(behind)?.[1]];
  return names.some((name) => name !== undefined && mayBeValue(name, value));
}

/** The code before a literal on its line, or on the line above if it is the first on its line. */
function codeBefore(text: string, open: number): string {
  const before = text.slice(Math.max(0, open - 120), open).replace(/(["'])\1$/, '');
  const trimmed = before.trimEnd();
  return trimmed.slice(trimmed.lastIndexOf('\n') + 1);
}

/** `'ab' + 'cd'`, and adjacent literals, which Python joins: whether a literal continues a secret. */
function isContinued(text: string, last: TextRange, open: number): boolean {
  return (
    last.end >= 0 &&
    open > last.end &&
    open - last.end < 60 &&
    /^["'`]\s*(?:\+\s*)?[a-z]{0,2}$/.test(text.slice(last.end, open))
  );
}

const mayName = /pass|pwd|secret|token|key/i;

const nameBefore =
  /(?<![\w$-])([\w$-]{1,80})["'`\])]{0,3}\s{0,9}(?::[\w<>|[\]. ]{1,40}=|(?:\?\?|\|\||[!=:])?=|[!=]==|:|,|\|\||\?\?|\bor|\()\s{0,9}[A-Za-z.]{0,20}\(?$/;
const nameBehind = /^\s{0,5}[!=]==?\s{0,5}(?:[\w$]{1,60}\.){0,5}([\w$]{1,80})/;
/** `<meta name="token" content="...">` */
const attribute = /\b(?:name|id|property)=["']([\w-]{1,60})["']\s{1,9}(?:content|value)=$/;
const keyArgument =
  /\b(?:createHmac|create(?:Dec|C)ipheriv|new_hmac)\(\s{0,9}["'`][\w-]{1,40}["'`],$|\b(?:jwt|jsonwebtoken|JWT)\.(?:sign|verify|encode|decode)\([^()]{0,80},$|\bhmac\.new\($/;
