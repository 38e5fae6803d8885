/** The thread of `createWorkerEngine`. */
import { loadEngine } from '../../load-engine.ts';
import { answerScans } from './answer-scans.ts';

answerScans(await loadEngine({ isLive: true }));
