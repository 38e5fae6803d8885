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

/** The comments of a template's engine, of a script around the offset, or of markup. The time is linear in the text. */
export function templateCommentSigns(path: string, text: string, offset: number): readonly CommentSigns[] {
  const engine = ofEngines[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  if (engine) return [engine];
  const before = text.slice(0, offset);
  if (isInScript(before)) return [slashes];
  if (/\{%/.test(text)) return [jinja];
  // A comment of markup is none between the attributes of a tag.
  return before.lastIndexOf('<') > before.lastIndexOf('>') ? [] : [markup];
}

/** Whether a text ends in a script: its last tag `<script ...>` is complete, and no end tag is behind it. */
function isInScript(text: string): boolean {
  const lastEnd = text.lastIndexOf('>');
  let opened = -1;
  for (const { index } of text.matchAll(/<script\b/gi)) {
    if (index > lastEnd) break;
    opened = index;
  }
  return opened >= 0 && !/<\/script\b/i.test(text.slice(opened));
}
