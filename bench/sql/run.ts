import { mulberry32 } from '../interval.ts';
import { type Call, inTurns, type Sample, sample, samplePair } from '../turns.ts';
import { type Contender, poolSize } from './contender.ts';
import { connectPool, named } from './contenders/pg.ts';
import { connectAll } from './contenders.ts';
import { callerOf, type OperationName } from './operations.ts';
import { assertSameRows } from './same-rows.ts';
import { createShop } from './shop.ts';

export interface Plan {
  readonly url: string;
  readonly rounds: number;
  /** Calls that are measured at a time. */
  readonly calls: number;
  /** Calls of each contender and operation before that. */
  readonly warmUp: number;
  /** Their names. What they are compared with runs besides. */
  readonly contenders: readonly string[];
  readonly operations: readonly OperationName[];
}

/** One contender beside its reference: the two samples of a round were taken in the same time, in small slices. */
export interface Comparison {
  readonly contender: string;
  readonly reference: string;
  readonly operation: OperationName;
  /** Calls at once. */
  readonly lanes: number;
  readonly own: readonly Sample[];
  readonly theirs: readonly Sample[];
}

export async function run(plan: Plan, progress: () => void = () => {}): Promise<readonly Comparison[]> {
  const shop = connectPool(plan.url);
  await createShop(shop);
  await shop.end();
  const { contenders, close } = await connectAll(plan.url);
  try {
    const find = (name: string): Contender => {
      const found = contenders.find((contender) => contender.name === name);
      if (!found) throw new Error(`No contender is called ${name}.`);
      return found;
    };
    const pairs = plan.contenders.map(find).flatMap((own) =>
      [named, ...(own.twin === undefined ? [] : [own.twin])].map((reference) => ({
        own,
        theirs: find(reference),
      })),
    );
    await assertSameRows(find(named), [...new Set(pairs.flatMap(({ own, theirs }) => [own, theirs]))]);
    return await compare(pairs, plan, progress);
  } finally {
    await close();
  }
}

type Pair = { readonly own: Contender; readonly theirs: Contender };

async function compare(
  pairs: readonly Pair[],
  plan: Plan,
  progress: () => void,
): Promise<readonly Comparison[]> {
  const comparisons = pairs.flatMap((pair) =>
    plan.operations.flatMap((operation) =>
      [1, poolSize].map((lanes) => ({
        ...{ contender: pair.own.name, reference: pair.theirs.name, operation, lanes },
        ...{ own: [] as Sample[], theirs: [] as Sample[] },
        calls: [callerOf(pair.own, operation), callerOf(pair.theirs, operation)] as [Call, Call],
      })),
    ),
  );
  for (const { calls } of comparisons) {
    for (const call of calls) await sample(plan.warmUp, poolSize, call);
  }
  const random = mulberry32(1);
  await inTurns(plan.rounds, comparisons, async ({ lanes, calls, own, theirs }) => {
    const [mine, other] = await samplePair(plan.calls, lanes, calls, random);
    own.push(mine);
    theirs.push(other);
    if (own === comparisons[0]?.own) progress();
  });
  return comparisons.map(({ calls: _, ...comparison }) => comparison);
}
