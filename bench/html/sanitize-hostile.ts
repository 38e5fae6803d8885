/**
 * What the worst inputs cost: CPU milliseconds of one call, the most of five, over all presets. Ends with 1 above 250.
 *
 * npx tsx bench/html/sanitize-hostile.ts
 */
import { configureEvents } from 'bulwark/event';
import { type PresetName, sanitize } from 'bulwark/html';
import { hostileMarkup } from '../../lib/testing/corpus/hostile-markup.ts';

const most = 250;
const presets: readonly PresetName[] = ['text', 'comment', 'article', 'markdown', 'email', 'svg'];
configureEvents({ sinks: [] });
let slow = 0;
for (const { name, write } of hostileMarkup) {
  const markup = write();
  let worst = { ms: 0, preset: '', outcome: '' };
  for (const preset of presets) {
    for (let i = 0; i < 5; i++) {
      const before = process.cpuUsage();
      const outcome = outcomeOf(() => sanitize(markup, preset));
      const { user, system } = process.cpuUsage(before);
      const ms = (user + system) / 1000;
      if (ms > worst.ms) worst = { ms, preset, outcome };
    }
  }
  if (worst.ms > most) slow++;
  console.log(`${worst.ms.toFixed(0).padStart(5)} ms  ${name} (${worst.preset}, ${worst.outcome})`);
}
process.exitCode = slow > 0 ? 1 : 0;

function outcomeOf(run: () => unknown): string {
  try {
    run();
    return 'written';
  } catch {
    return 'refused';
  }
}
