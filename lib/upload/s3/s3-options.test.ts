import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../checks/upload/temporary-folder.ts';
import { configureEvents } from '../../event/index.ts';
import { Secret } from '../../secrets/secret.ts';
import { s3Store } from './index.ts';

configureEvents({ sinks: [] });

function open(options: object): void {
  s3Store({
    endpoint: 'http://127.0.0.1:9000',
    bucket: 'uploads',
    region: 'us-east-1',
    accessKeyId: 'a',
    secretAccessKey: new Secret('a'),
    spool: temporaryFolder(),
    ...options,
  });
}

describe('the options of an S3 store', () => {
  it.each([
    { endpoint: 'ftp://a' },
    { endpoint: 'https://s3.example.com/bucket' },
    { endpoint: 'https://user:pw@s3.example.com' },
    { endpoint: 'http://s3.example.com' },
    { bucket: '../other' },
    { bucket: 'A' },
    { region: 'a b' },
    { accessKeyId: '' },
    { secretAccessKey: 'a string' },
    { prefix: '../' },
    { prefix: 'uploads' },
    { prefix: '/' },
    { spool: 'here' },
    { timeoutMs: 0 },
    { fetch: 'fetch' },
    { buckets: 'a' },
  ])('are refused: %j', (options) => {
    expect(() => open(options)).toThrow(expect.objectContaining({ code: 'bulwark/invalid-option' }));
  });

  it('are accepted', () => {
    open({
      endpoint: 'https://s3.eu-central-1.amazonaws.com',
      prefix: '',
      fetch: async () => new Response(),
    });
    open({
      endpoint: 'http://minio:9000',
      prefix: 'shop/uploads/',
      allowHttp: true,
      fetch: async () => new Response(),
    });
  });
});
