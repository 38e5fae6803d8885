import type { Comment } from '../../ir/ir.ts';

/**
 * Finds the comments of a template that contain the word `bulwark`. It recognises the comment syntax of every supported
 * engine, and comments in inline scripts.
 */
export function templateComments(text: string): Comment[] {
  const comments: Comment[] = [];
  const word = /bulwark/g;
  let end = 0;
  for (let found = word.exec(text); found; found = word.exec(text)) {
    if (found.index < end) continue;
    const comment = commentAround(text, end, found.index);
    if (!comment) continue;
    end = comment.at + comment.text.length;
    comments.push(comment);
  }
  return comments;
}

/** Characters around the word in which the delimiters of the comment are searched for. */
const reach = 2000;

const brackets: readonly (readonly [open: string, close: string])[] = [
  ['<!--', '-->'],
  ['{#', '#}'],
  ['{{!', '}}'],
  ['<%#', '%>'],
  ['/*', '*/'],
  ['{% comment %}', '{% endcomment %}'],
];

function commentAround(text: string, from: number, at: number): Comment | undefined {
  const start = Math.max(from, at - reach);
  const before = text.slice(start, at);
  let best: Comment | undefined;
  for (const [open, close] of brackets) {
    const opened = before.lastIndexOf(open);
    if (opened < 0 || before.indexOf(close, opened + open.length) >= 0) continue;
    const closed = text.slice(at, at + reach).indexOf(close);
    if (closed < 0) continue;
    const begin = start + opened;
    if (best && best.at > begin) continue;
    best = { at: begin, text: text.slice(begin + open.length, at + closed) };
  }
  if (best) return best;
  // Comments of Pug and of scripts end with their line.
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const slashes = /(?:^|[\s;{}])(\/\/-?)/.exec(line);
  if (!slashes) return undefined;
  const stop = text.slice(at, at + reach).search(/\n|$/);
  return {
    at: at - line.length + line.indexOf('//'),
    text: line.slice(line.indexOf('//') + 2) + text.slice(at, at + stop),
  };
}
