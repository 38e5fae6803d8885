/** Whether a text may begin here: behind no letter or digit, or behind one that is part of an escape (`\n`, `%3D`, `\u0022`). */
export function isStart(text: string, at: number): boolean {
  if (at === 0 || !isWord(text.charCodeAt(at - 1)) || !isWord(text.charCodeAt(at))) return true;
  return /(?:\\[nrtbf]|%[0-9a-f]{2}|\\x[0-9a-f]{2}|\\u[0-9a-f]{4})$/i.test(
    text.slice(Math.max(0, at - 6), at),
  );
}

/** Whether a text may end here: no letter, digit or underscore goes on with it. */
export function isEnd(text: string, at: number): boolean {
  return at >= text.length || !isWord(text.charCodeAt(at));
}

function isWord(code: number): boolean {
  return (
    (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122)
  );
}
