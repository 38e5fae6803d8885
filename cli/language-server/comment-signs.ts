import type { Language } from '../scan/ir/ir.ts';

/** What opens and closes a comment; nothing closes one that ends with its line. */
export type CommentSigns = readonly [open: string, close: string];

const slashes: CommentSigns = ['// ', ''];
const markup: CommentSigns = ['<!-- ', ' -->'];
const jinja: CommentSigns = ['{# ', ' #}'];
const handlebars: CommentSigns = ['{{! ', ' }}'];

const ofEngines: Readonly<Record<string, CommentSigns>> = {
  jinja,
  jinja2: jinja,
  j2: jinja,
  njk: jinja,
  ejs: ['<%# ', ' %>'],
  hbs: handlebars,
  handlebars,
  mustache: handlebars,
  pug: ['//- ', ''],
};

/** The comments that can stand on a line of its own in front of an offset, the likeliest first. */
export function commentsAt(
  path: string,
  language: Language,
  text: string,
  offset: number,
): readonly CommentSigns[] {
  // Behind a backslash the line goes on, and holds no comment.
  if (language === 'python') return /\\\r?\n$/.test(text.slice(0, offset)) ? [] : [['# ', '']];
  if (language === 'javascript') return [slashes, ['{/* ', ' */}']];
  const engine = ofEngines[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  if (engine) return [engine];
  const before = text.slice(0, offset);
  if (isOpen(before, /<script\b[^>]*>/gi, /<\/script\b/gi)) return [slashes];
  if (/\{%/.test(text)) return [jinja];
  // A comment of markup is none between the attributes of a tag.
  return before.lastIndexOf('<') > before.lastIndexOf('>') ? [] : [markup];
}

function isOpen(text: string, open: RegExp, close: RegExp): boolean {
  const opened = [...text.matchAll(open)].at(-1)?.index ?? -1;
  const closed = [...text.matchAll(close)].at(-1)?.index ?? -1;
  return opened > closed;
}
