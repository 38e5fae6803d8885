import type { CommentSigns } from '../language.ts';

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

/** The comments of a template's engine, or of a script that the offset lies in, or of markup. */
export function templateComments(path: string, text: string, offset: number): readonly CommentSigns[] {
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
