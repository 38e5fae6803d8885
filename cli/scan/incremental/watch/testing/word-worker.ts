/** The thread of a test engine that loads fast. */
import { ScanMistake } from '../../../scan-mistake.ts';
import { wordEngine } from '../../../testing/word-engine.ts';
import { answerScans } from '../answer-scans.ts';

answerScans({
  ...wordEngine,
  async scan(options) {
    const [model] = options.models;
    if (model === 'crash') process.exit(7);
    if (model !== undefined) throw new ScanMistake('scan/models', model, 'why', 'fix');
    const read = options.project.read('typed.json') ?? '';
    const result = await wordEngine.scan(options);
    return { ...result, notices: [{ code: 'scan/read', level: 'note', message: read }] };
  },
});
