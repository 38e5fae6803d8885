import { resolve } from 'node:path';
import { launchChromium } from '../../../checks/machine/chromium.ts';
import { attackDesk } from './attack-desk.ts';
import { startDesk } from './start-desk.ts';

const [target, twin = 'undefended'] = process.argv.slice(2);
if (target === undefined || (twin !== 'defended' && twin !== 'undefended')) {
  console.error('usage: npx tsx attack.ts http://127.0.0.1:PORT, or npx tsx attack.ts FOLDER [defended]');
  process.exit(2);
}
const isRunning = /^http:\/\/127\.0\.0\.1:\d+$/.test(target);
const desk = isRunning ? undefined : await startDesk(resolve(target), twin);
const browser = await launchChromium();
try {
  for (const { kind, at, lost, tries } of await attackDesk(desk?.base ?? target, browser)) {
    const result = lost === undefined ? 'held' : 'LOST';
    console.log(`${result}  ${kind}: ${at} (${tries} tries)${lost === undefined ? '' : `\n      ${lost}`}`);
  }
} catch (error) {
  console.error(error, desk?.log().slice(-2_000));
  process.exitCode = 1;
} finally {
  await browser.close();
  await desk?.stop();
}
