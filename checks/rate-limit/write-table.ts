/** Prints the table of docs/guards/rate-limit.md: `npx tsx checks/rate-limit/write-table.ts [short]`. */
import { configureEvents } from '../../lib/event/record.ts';
import { ours } from './login-server.ts';
import { loginTable, markdownOf, peers } from './login-table.ts';
import { testedStores } from './open-stores.ts';

configureEvents({ sinks: [] });
const form = process.argv[2] === 'short' ? 'short' : 'full';
const stores = await Promise.all(
  testedStores
    .filter(({ name, reason }) => name !== 'node-redis' && reason === undefined)
    .map(async ({ name, open }) => ({ name, ...(await open()) })),
);
try {
  const contestants = [...stores.map(({ name, store }) => ours(name, store)), ...peers];
  process.stdout.write(`${markdownOf(await loginTable(contestants, form))}\n`);
} finally {
  for (const store of stores) await store.close();
}
