import { readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import S3rver from 's3rver';
import { Secret } from '../../lib/secrets/secret.ts';
import type { S3StoreOptions } from '../../lib/upload/s3/index.ts';
import { testBucket, testKey } from './s3-account.ts';
import { isSigned } from './signature-v4.ts';
import { temporaryFolder } from './temporary-folder.ts';

function refuse(req: IncomingMessage, res: ServerResponse): void {
  req.resume().on('end', () => {
    res.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
  });
}

export interface S3Server {
  /** What `s3Store` takes, with a spool of its own each time. */
  options(): S3StoreOptions;
  readonly requests: readonly string[];
  /** Looks at each request first: true if it was dealt with, and the service never sees it. */
  fault: ((req: IncomingMessage, res: ServerResponse) => boolean) | undefined;
  /** The keys that the bucket holds. */
  keys(): string[];
  close(): Promise<void>;
}

/** s3rver, a server from npm that speaks S3's protocol, on 127.0.0.1, behind a check of signatures. */
export async function startS3(): Promise<S3Server> {
  const directory = temporaryFolder();
  const service = new S3rver({
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: testBucket, configs: [] }],
  });
  await service.configureBuckets();
  const handle = service.callback();
  const requests: string[] = [];
  const server = createServer((req, res) => {
    requests.push(`${req.method} ${req.url}`);
    if (own.fault?.(req, res)) return;
    if (isSigned(req, testKey)) handle(req, res);
    else refuse(req, res);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const own: S3Server = {
    fault: undefined,
    requests,
    options: () => ({
      endpoint: `http://127.0.0.1:${port}`,
      bucket: testBucket,
      region: 'us-east-1',
      accessKeyId: testKey,
      secretAccessKey: new Secret(testKey),
      spool: temporaryFolder(),
      timeoutMs: 5_000,
    }),
    keys: () => keysIn(join(directory, testBucket)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return own;
}

const suffix = '._S3rver_object';

function keysIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(suffix))
    .map((name) => name.slice(0, -suffix.length))
    .sort();
}
