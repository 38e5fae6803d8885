import { expectCases } from '../../testing/expect-cases.ts';
import { nodeChecks } from './all.ts';

expectCases(nodeChecks, new URL('.', import.meta.url));
