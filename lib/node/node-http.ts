import type * as http from 'node:http';
import { builtinModule } from '../internal/builtin-module.ts';

export type NodeHttp = Pick<typeof http, 'OutgoingMessage' | 'ServerResponse' | 'STATUS_CODES'>;

/**
 * Node's own module, undefined where there is no Node. It is no import, because workers load the adapter of Hono too, and can import no
 * module of Node.
 */
export const nodeHttp: NodeHttp | undefined = builtinModule('node:http');
