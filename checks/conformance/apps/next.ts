import { startServer } from '../../next/start-server.ts';
import type { ConformanceApp } from '../contract.ts';

/** It is in checks/next/conformance, where `next build` finds it. */
export const app: ConformanceApp = { start: (options) => startServer(options) };
