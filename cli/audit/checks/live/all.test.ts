import { expectCases } from '../../testing/expect-cases.ts';
import { liveChecks } from './all.ts';

expectCases(liveChecks, new URL('.', import.meta.url));
