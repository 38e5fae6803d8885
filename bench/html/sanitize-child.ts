/** Measures one sanitiser: its parent sends the number of a document, and gets CPU microseconds of one call. */
import { contenders } from './sanitize-contenders.ts';
import { documents } from './sanitize-documents.ts';

const run = await contenders[process.argv[2] as string]?.();
process.on('message', (index: number) => {
  const document = documents[index];
  if (!run || !document) throw new Error('There is no such sanitiser, or no such document.');
  const before = process.cpuUsage();
  for (let i = 0; i < document.calls; i++) run(document.markup);
  const { user, system } = process.cpuUsage(before);
  process.send?.((user + system) / document.calls);
});
process.send?.('ready');
