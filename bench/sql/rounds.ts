/** The part of cost.ts that is measured: it prints its comparisons as JSON. */
import { type Plan, run } from './run.ts';

const plan = JSON.parse(process.argv[2] ?? '') as Plan;
const comparisons = await run(plan, () => process.stderr.write('.'));
process.stdout.write(JSON.stringify(comparisons), () => process.exit());
