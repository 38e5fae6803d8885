import { expectCases } from '../../testing/expect-cases.ts';
import { supplyChainChecks } from './supply-chain.ts';

expectCases(supplyChainChecks, new URL('.', import.meta.url));
