import { expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { missing } from '../machine/missing.ts';
import { fuzzInChromium } from './fuzz-in-chromium.ts';

const reason = missing('chromium');

it.skipIf(reason)(
  `Chromium reads what the sanitiser wrote${reason ? `: ${reason}` : ''}`,
  async () => {
    configureEvents({ sinks: [] });
    const seed = Date.now() % 1_000_000;
    expect({ seed, found: await fuzzInChromium(100_000, seed) }).toEqual({ seed, found: [] });
  },
  1_800_000,
);
