import type { Node } from 'oxc-parser';
import { styled } from '../init/place/insert.ts';
import type { JavascriptFile } from '../scan/fix/javascript/javascript-file.ts';
import { wholeLines } from '../scan/fix/javascript/style.ts';
import { type Codemod, RewriteNotes } from './codemod.ts';
import { bulwarkCall } from './has-bulwark.ts';
import { libraryCalls } from './library-use.ts';
import { optionsOf } from './literal.ts';

/** `csurf()` goes, `bulwark()` gets the option `csrf`, and `req.csrfToken()` becomes `csrfToken(req)`. */
export const csurf: Codemod = {
  library: 'csurf',
  summary: 'csurf for the whole application, in Express behind bulwark()',
  page: 'docs/recipes/from-csurf.md',
  alsoIn: ['.csrfToken('],
  rewrite(file, use) {
    const notes = new RewriteNotes();
    for (const call of use ? libraryCalls(file, use) : []) removeGuard(file, call, notes);
    for (const node of file.nodes) rewriteToken(file, node, notes);
    for (const node of file.nodes) {
      if (node.type === 'Literal' && node.value === 'EBADCSRFTOKEN')
        notes.leave(node, "The error is a Refusal now: `isRefusal(error, 'csrf/*')`.");
    }
    return notes;
  },
};

type Call = Extract<Node, { type: 'CallExpression' }>;

function removeGuard(file: JavascriptFile, call: Call, notes: RewriteNotes): void {
  const around = file.parents.get(call);
  const statement = around && file.parents.get(around);
  const isUse =
    around?.type === 'CallExpression' &&
    around.arguments.length === 1 &&
    around.callee.type === 'MemberExpression' &&
    around.callee.property.type === 'Identifier' &&
    around.callee.property.name === 'use';
  const options = optionsOf(call.arguments[0]);
  const unequal = options && [...options.keys()].find((name) => name !== 'cookie');
  const start = bulwarkCall(file);
  const edit = start && withOption(file, start);
  if (!isUse || statement?.type !== 'ExpressionStatement') {
    notes.leave(
      call,
      'Only `app.use(csurf(...))` is moved. Bulwark checks all routes: exempt those without csurf with allowUnchecked.',
    );
  } else if (!options || unequal !== undefined) {
    notes.leave(
      call,
      unequal === undefined ? 'The options are computed.' : `The option ${unequal} has to be moved by hand.`,
    );
  } else if (!edit) {
    notes.leave(call, 'This file has no bulwark({ ... }) for the option csrf. Run `bulwark init` first.');
  } else {
    notes.edits.push({ ...wholeLines(file.text, statement.start, statement.end), text: '' }, edit);
    notes.import('bulwark/secrets', 'keyring');
    notes.note(call, 'Set APP_SECRET to at least 32 random characters: tokens are signed with it.');
    notes.note(
      call,
      'Requests from your own pages need no token in browsers since 2020. Clients without cookies need none either.',
    );
  }
}

const csrfOption = "csrf: { keys: keyring(process.env['APP_SECRET'] ?? '') }";

/** `bulwark()` with the option: in the place of one that is there, such as that of report mode. */
function withOption(file: JavascriptFile, call: Call): { at: number; end: number; text: string } | undefined {
  const { text } = file;
  const option = styled(file, csrfOption);
  const [first] = call.arguments;
  if (!first) return { at: call.end - 1, end: call.end - 1, text: `{ ${option} }` };
  if (first.type !== 'ObjectExpression') return undefined;
  const known = first.properties.find(
    (property) =>
      property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'csrf',
  );
  if (known) return { at: known.start, end: known.end, text: option };
  const [next] = first.properties;
  if (!next) return { at: first.start, end: first.end, text: `{ ${option} }` };
  const gap = text.slice(first.start + 1, next.start);
  return { at: next.start, end: next.start, text: `${option},${/^\s+$/.test(gap) ? gap : ' '}` };
}

/** `req.csrfToken()` of a variable, in any file. */
function rewriteToken(file: JavascriptFile, node: Node, notes: RewriteNotes): void {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return;
  const { object, property } = node.callee;
  if (property.type !== 'Identifier' || property.name !== 'csrfToken' || node.arguments.length > 0) return;
  if (object.type !== 'Identifier' || !/^(?:req|request)$/.test(object.name)) {
    notes.leave(node, 'The request is not a variable named req or request. Write csrfToken(request).');
    return;
  }
  notes.import('bulwark/express', 'csrfToken');
  notes.replace(node, `csrfToken(${file.text.slice(object.start, object.end)})`);
}
