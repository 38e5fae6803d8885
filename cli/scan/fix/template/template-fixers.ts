import { type Place, waysOf } from '../../../finding/finding.ts';
import { readTemplate } from '../../languages/template/read-template.ts';
import { type Fixer, left, type Proposal } from '../fix.ts';
import { isEscapable, isInTextTag } from '../html/escapable-place.ts';
import { type SourceLanguage, sourceLanguage } from '../source-language.ts';

/** The text of a template. Fixers only need its tags. */
export interface TemplateFile {
  readonly path: string;
  readonly text: string;
}

function openTemplate(path: string, text: string): TemplateFile | undefined {
  return readTemplate(path, text).problems.length > 0 ? undefined : { path, text };
}

/** Tags that write a value unescaped, and their escaped form. Only names, members and entries are values. */
const value = String.raw`[\w$]+(?:\.[\w$]+|\[(?:\d+|'[\w-]+'|"[\w-]+")\])*`;
const filters = String.raw`(?:\s*\|\s*(?:trim|strip|lower|upper|title|capitalize))*`;
const forms: readonly (readonly [RegExp, string])[] = [
  [new RegExp(String.raw`^(\{\{-?\s*${value}${filters})\s*\|\s*safe(\s*-?\}\})$`), '$1$2'],
  [new RegExp(String.raw`^<%-(\s*${value}\s*[-_]?%>)$`), '<%=$1'],
  [new RegExp(String.raw`^\{(\{\{~?\s*${value}\s*~?\}\})\}$`), '$1'],
  [new RegExp(String.raw`^\{\{&\s*(${value}\s*\}\})$`), '{{$1'],
  [new RegExp(String.raw`^!(\{${value}\})$`), '#$1'],
  [new RegExp(String.raw`^\{@html\s+(${value})\s*\}$`), '{$1}'],
  [/^v-html(=(?:"[^"]*"|'[^']*'))$/, 'v-text$1'],
];

/** Escapes request data that is not processed, as it is not meant to contain markup. */
const fixOutput: Fixer<TemplateFile> = {
  rules: ['xss/template'],
  propose({ finding, at, end }, { text }): Proposal {
    const isWorkedOn = waysOf(finding)
      .flat()
      .some(
        ({ place, message }) => /becomes part|goes through/.test(message) && !isInTag(place, finding.place),
      );
    if (finding.confidence !== 'high' || isWorkedOn) return left('Markup may be meant here.');
    const tag = text.slice(at, end);
    const form = forms.find(([sign]) => sign.test(tag));
    if (!form) return left('The output is more than a plain value.');
    const before = text.slice(0, at);
    const isSafe = tag.startsWith('v-html') ? isInTextTag(before) : isEscapable(before);
    if (!isSafe || (tag.startsWith('!') && isInPugCode(before)))
      return left('Escaping for HTML does not make a value safe in this place.');
    return { title: 'Escape the value', edits: [{ at, end, text: tag.replace(form[0], form[1]) }] };
  },
};

/** Whether a line of Pug belongs to a script or a style sheet: a less indented line above opens one. */
function isInPugCode(before: string): boolean {
  let depth = Number.POSITIVE_INFINITY;
  for (const line of before.split('\n').reverse()) {
    const indent = line.search(/\S/);
    if (indent < 0 || indent >= depth) continue;
    depth = indent;
    if (/^\s*(?:[^\s(]*\s*:\s*)?(?:script|style)(?![\w-])/i.test(line)) return true;
  }
  return false;
}

/** The form of the tag shows its own filters. */
function isInTag(step: Place, tag: Place): boolean {
  return (
    step.path === tag.path &&
    step.line === tag.line &&
    tag.column <= step.column &&
    step.endLine === tag.endLine &&
    step.endColumn <= tag.endColumn
  );
}

/** The fixers for templates. */
export const templateFixers: SourceLanguage = sourceLanguage(openTemplate, [fixOutput]);
