import { basename } from 'node:path';
import { readApp, wrongIn } from './apps.ts';

/**
 * Scores the scanner by labelled applications. With `-v` it names what it got wrong.
 *
 *     npx tsx cli/scan/testing/score-apps.ts checks/scan/apps/*.app
 */
const args = process.argv.slice(2);
const all = { bad: 0, missed: 0, good: 0, false: 0 };
for (const path of args.filter((arg) => !arg.startsWith('-'))) {
  const app = readApp(path);
  const wrong = await wrongIn(app);
  const own = {
    bad: app.labels.filter(({ isBad }) => isBad).length,
    missed: wrong.filter(({ isBad }) => isBad).length,
    good: app.labels.filter(({ isBad }) => !isBad).length,
    false: wrong.filter(({ isBad }) => !isBad).length,
  };
  for (const key of ['bad', 'missed', 'good', 'false'] as const) all[key] += own[key];
  console.log(line(basename(path), own));
  if (!args.includes('-v')) continue;
  for (const label of wrong) {
    const [rule] = label.rules;
    console.log(`  ${label.isBad ? 'missed' : 'false'} ${label.path}:${label.line} ${rule}: ${label.why}`);
  }
}
console.log(line('all', all));

function line(name: string, { bad, missed, good, false: wrong }: typeof all): string {
  const youden = 1 - missed / Math.max(1, bad) - wrong / Math.max(1, good);
  return `${name.padEnd(24)} ${bad - missed} of ${bad} found, ${wrong} false in ${good}: ${youden.toFixed(3)}`;
}
