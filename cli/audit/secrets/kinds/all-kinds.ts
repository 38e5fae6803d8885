import { cloudKinds } from './cloud.ts';
import { codeHostingKinds } from './code-hosting.ts';
import { messagingKinds } from './messaging.ts';
import { paymentKinds } from './payment.ts';
import type { SecretKind } from './secret-kind.ts';
import { serviceKinds } from './service.ts';

/** Every kind that is told by its shape. Of two that match the same text, the first one counts. */
export const allKinds: readonly SecretKind[] = [
  ...cloudKinds,
  ...codeHostingKinds,
  ...paymentKinds,
  ...messagingKinds,
  ...serviceKinds,
];
