import type { Express, Request } from 'express';
import { programs } from '../programs.ts';
import { archiveRoutes } from './archive.ts';
import { avatarRoutes } from './avatar.ts';
import { exportRoutes } from './export.ts';
import { fileRoutes } from './files.ts';
import { importRoutes } from './import.ts';
import { invoiceRoutes } from './invoice.ts';
import { pictureRoutes } from './pictures.ts';
import { ruleRoutes } from './rules.ts';
import type { Store } from './store.ts';

/** @param folder what the shop keeps its files in */
export function tradeRoutes(
  app: Express,
  store: Store,
  folder: string,
  userOf: (req: Request) => string | undefined,
): void {
  fileRoutes(app, folder);
  avatarRoutes(app, folder, userOf);
  pictureRoutes(app, folder);
  importRoutes(app, folder);
  exportRoutes(app, store);
  ruleRoutes(app, store);
  if (programs.invoice) invoiceRoutes(app, folder, programs.invoice);
  if (programs.tar) archiveRoutes(app, folder, programs.tar);
}
