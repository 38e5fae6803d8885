import type { Program } from '../../callgraph/program.ts';
import type { Use } from '../kit/use.ts';

const restricting = /^(options|minimum_version|set_options|set_min_proto_version|OP_NO_TLSv1)$/;

const known = new WeakMap<Program, Map<number, boolean>>();

/** Whether the file says anywhere which versions are not spoken. */
export function isRestricted({ frame }: Use): boolean {
  const { program } = frame.linked;
  let modules = known.get(program);
  if (!modules) {
    modules = new Map();
    known.set(program, modules);
  }
  let found = modules.get(frame.info.module);
  if (found === undefined) {
    found = (program.modules[frame.info.module]?.functions ?? []).some(({ code }) =>
      code.some(
        (inst) =>
          (inst.op === 'store' || inst.op === 'member' || inst.op === 'import') &&
          restricting.test(inst.name),
      ),
    );
    modules.set(frame.info.module, found);
  }
  return found;
}
