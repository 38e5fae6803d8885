import { expectCases } from '../../testing/expect-cases.ts';
import { processChecks } from './all.ts';

expectCases(processChecks, new URL('.', import.meta.url));
