import type { Program } from '../../callgraph/program.ts';
import { memoizedPair } from '../../ir/memoized.ts';
import type { Use } from '../kit/use.ts';

const restricting = /^(options|minimum_version|set_options|set_min_proto_version|OP_NO_TLSv1)$/;

/** Whether the file restricts TLS versions anywhere. */
export function isRestricted({ frame }: Use): boolean {
  return restricts(frame.linked.program, frame.info.module);
}

const restricts = memoizedPair((program: Program, module: number) =>
  (program.modules[module]?.functions ?? []).some(({ code }) =>
    code.some(
      (inst) =>
        (inst.op === 'store' || inst.op === 'member' || inst.op === 'import') && restricting.test(inst.name),
    ),
  ),
);
