import { expectCases } from '../../testing/expect-cases.ts';
import { pythonChecks } from './all.ts';

expectCases(pythonChecks, new URL('.', import.meta.url));
