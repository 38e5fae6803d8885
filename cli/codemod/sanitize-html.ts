import { preset as presetOf } from 'bulwark/html';
import type { Node } from 'oxc-parser';
import { endOfLine } from '../init/place/insert.ts';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';
import { stringCode, styleOf } from '../scan/fix/javascript/style.ts';
import { fitted, written } from './code.ts';
import { type Codemod, RewriteNotes } from './codemod.ts';
import { libraryCalls, variableUses } from './library-use.ts';
import { optionsOf } from './literal.ts';
import { type Kept, keptMarkup } from './sanitize-html-options.ts';

/** `sanitizeHtml(text, options)` becomes `render(sanitize(text, preset))`, which is a string too. */
export const sanitizeHtml: Codemod = {
  library: 'sanitize-html',
  summary: 'calls of sanitize-html whose lists are literals',
  page: 'docs/guards/sanitize.md',
  rewrite(file, use) {
    const notes = new RewriteNotes();
    if (!use) return notes;
    const presets = new Map<string, string>();
    for (const call of libraryCalls(file, use)) rewriteCall(file, call, use.locals, presets, notes);
    const first = [...presets.values()].join('');
    if (first !== '') {
      const at = endOfLine(file.text, use.statement.end);
      notes.edits.push({ at, end: at, text: first });
      notes.import('bulwark/html', 'preset');
    }
    return notes;
  },
};

type Call = Extract<Node, { type: 'CallExpression' }>;

function rewriteCall(
  file: JavascriptFile,
  call: Call,
  locals: ReadonlySet<string>,
  presets: Map<string, string>,
  notes: RewriteNotes,
): void {
  const [text, given] = call.arguments;
  const options = given?.type === 'Identifier' ? constantOf(file, given) : given;
  const known = given && !options ? undefined : optionsOf(options);
  const kept = known && keptMarkup(known, locals);
  if (!text || text.type === 'SpreadElement' || call.arguments.length > 2 || !known || !kept) {
    notes.leave(call, 'The options are computed. Write a preset().');
    return;
  }
  if (typeof kept === 'string') {
    notes.leave(call, kept);
    return;
  }
  const refused = refusal(kept);
  if (refused !== undefined) {
    notes.leave(call, refused);
    return;
  }
  const name = kept.base === 'text' ? stringCode('text', styleOf(file)) : nameOf(file, kept, presets);
  notes.import('bulwark/html', 'render', 'sanitize');
  notes.replace(call, `render(sanitize(${file.text.slice(text.start, text.end)}, ${name}))`);
  notes.note(
    call,
    'Values that are not strings are refused (html/not-text), and markup is limited to 2,000,000 characters.',
  );
  for (const said of kept.notes) notes.note(call, said);
}

/** The object of `const options = {...}` at the top of the file, if nothing changes it. */
function constantOf(file: JavascriptFile, name: Extract<Node, { type: 'Identifier' }>): Node | undefined {
  const declared = file.program.body.flatMap((statement) =>
    statement.type === 'VariableDeclaration' && statement.kind === 'const'
      ? statement.declarations.filter(({ id }) => id.type === 'Identifier' && id.name === name.name)
      : [],
  );
  const isChanged = variableUses(file, new Set([name.name])).some((node) => {
    const around = file.parents.get(node);
    return around?.type === 'MemberExpression';
  });
  return declared.length === 1 && !isChanged ? (declared[0]?.init ?? undefined) : undefined;
}

/** One preset for all calls with the same options, made once at the top of the file. */
function nameOf(file: JavascriptFile, { options }: Kept, presets: Map<string, string>): string {
  const style = styleOf(file);
  const made = `preset(${stringCode('article', style)}, ${fitted(file, 0, written(file, options))})${style.semicolon}`;
  const known = [...presets.keys()];
  const nth = known.findIndex((name) => presets.get(name)?.endsWith(made));
  if (nth >= 0) return known[nth] ?? '';
  let name = 'keptMarkup';
  for (let i = 2; presets.has(name) || variableUses(file, new Set([name])).length > 0; i += 1)
    name = `keptMarkup${i}`;
  presets.set(name, `${style.newline.repeat(2)}const ${name} = ${made}`);
  return name;
}

function refusal({ base, options }: Kept): string | undefined {
  if (base === 'text') return undefined;
  try {
    presetOf('article', options);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'Bulwark does not accept these options.';
  }
}
