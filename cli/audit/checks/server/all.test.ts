import { expectCases } from '../../testing/expect-cases.ts';
import { serverChecks } from './all.ts';

expectCases(serverChecks, new URL('.', import.meta.url));
