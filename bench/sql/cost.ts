/**
 * What a query costs the client beside pg's named statements: CPU time and queries a second, on one real PostgreSQL.
 * Each contender has a process with its reference, as an application has one library: beside eighteen others, V8 would
 * compile pg for all of their queries. In each round the two are measured in turns.
 *
 * npx tsx bench/sql/cost.ts [--rounds 15] [--calls 400] [--only bulwark,slonik] [--operations byId]
 *   [--lib folder] [--profile folder]
 *
 * `--lib` measures another copy of lib/, such as that of an older commit; `--profile` writes a CPU profile.
 */
import { parseArgs } from 'node:util';
import { startPostgres } from '../../checks/machine/postgres.ts';
import { runBundled } from './bundled.ts';
import { operationNames } from './operations.ts';
import type { Comparison, Plan } from './run.ts';
import { tables } from './table.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    calls: { type: 'string', default: '400' },
    only: { type: 'string', default: '' },
    operations: { type: 'string', default: operationNames.join(',') },
    lib: { type: 'string' },
    profile: { type: 'string' },
  },
});
const server = await startPostgres();
try {
  const plan: Omit<Plan, 'contenders'> = {
    url: server.url,
    rounds: Number(values.rounds),
    calls: Number(values.calls),
    warmUp: 2_000,
    operations: operationNames.filter((name) => values.operations.split(',').includes(name)),
  };
  const parts = values.only.split(',');
  const names = (await runBundled<readonly string[]>('./contender-names.ts', server.url)).filter((name) =>
    parts.some((part) => name.includes(part)),
  );
  const nodeFlags = values.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', values.profile];
  const comparisons: Comparison[] = [];
  for (const name of names) {
    const measured = await runBundled<readonly Comparison[]>(
      './rounds.ts',
      { ...plan, contenders: [name] },
      {
        nodeFlags,
        ...(values.lib !== undefined && { lib: values.lib }),
      },
    );
    comparisons.push(...measured);
  }
  console.log(`\nNode ${process.version}, ${plan.rounds} rounds of ${plan.calls} calls`);
  console.log(tables(comparisons));
} finally {
  await server.stop();
}
