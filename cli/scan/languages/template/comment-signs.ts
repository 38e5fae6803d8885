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

/**
 * Returns the delimiters of the comments that can be inserted at an offset. They are those of the template engine, such
 * as `{# ` and ` #}`, of JavaScript if the offset is inside a script, or of markup. Empty inside a tag of markup. Runs
 * in linear time.
 */
export function templateCommentSigns(path: string, text: string, offset: number): readonly CommentSigns[] {
  const engine = ofEngines[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
  if (engine) return [engine];
  const before = text.slice(0, offset);
  if (isInScript(before)) return [slashes];
  if (/\{%/.test(text)) return [jinja];
  // There are no comments between the attributes of a tag.
  return before.lastIndexOf('<') > before.lastIndexOf('>') ? [] : [markup];
}

/** Whether a text ends inside a script: its last `<script ...>` is complete, and has no end tag. */
function isInScript(text: string): boolean {
  const lastEnd = text.lastIndexOf('>');
  let opened = -1;
  for (const { index } of text.matchAll(/<script\b/gi)) {
    if (index > lastEnd) break;
    opened = index;
  }
  return opened >= 0 && !/<\/script\b/i.test(text.slice(opened));
}
