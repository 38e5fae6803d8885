import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const shared = globalThis as typeof globalThis & { deskFolder?: string };
shared.deskFolder ??= mkdtempSync(join(tmpdir(), 'desk-undefended-'));
export const folder: string = shared.deskFolder;
