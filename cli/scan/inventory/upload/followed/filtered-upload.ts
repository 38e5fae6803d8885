import type { Linked } from '../../../callgraph/linked.ts';
import { madeBy, type Place } from '../../../callgraph/query/made-by.ts';
import { ChecksOfUpload } from './checked-before.ts';
import type { Checked } from './facts.ts';
import { partsOfUpload } from './parts-of-upload.ts';
import { rootKey } from './root-key.ts';

/**
 * What multer's `fileFilter: (request, file, done) => ...` has checked of each upload that it accepts. Undefined if
 * unknown.
 */
export function filteredUpload(linked: Linked, filter: Place): Checked | undefined {
  const made = madeBy(linked, filter);
  const functions = linked.functions(made.func, made.value);
  const [func] = functions;
  if (func === undefined || functions.length > 1) return undefined;
  const it = linked.program.functions[func]?.func;
  const paramOf = (index: number): number =>
    it?.code.findIndex((inst) => inst.op === 'param' && inst.index === index) ?? -1;
  const [file, done] = [paramOf(1), paramOf(2)];
  if (!it || file < 0 || done < 0) return undefined;
  const parts = partsOfUpload(linked, [{ func, value: file }]);
  if (!parts.isWhole) return undefined;
  const checks = new ChecksOfUpload(linked, parts);
  const root = rootKey(linked, func, file);
  let shown: Checked | undefined;
  for (const [value, inst] of it.code.entries()) {
    const isUsed = inst.op === 'call' && (inst.callee === done || inst.args.includes(done));
    if (!isUsed) continue;
    const answer = inst.callee === done ? inst.args[1] : undefined;
    // `done(error)` accepts none. Any other function that receives `done` may accept any.
    if (inst.callee === done && answer === undefined) continue;
    const said = it.code[answer ?? -1];
    if (said?.op === 'const' && !said.value) continue;
    if (answer === undefined) return undefined;
    const one =
      said?.op === 'const' ? checks.before(func, value, root) : checks.whereTrue(func, value, answer, root);
    shown = shown
      ? {
          size: false,
          type: shown.type && one.type,
          ending: Boolean(shown.ending && one.ending),
          claim: Boolean(shown.claim && one.claim),
        }
      : one;
  }
  return shown;
}
