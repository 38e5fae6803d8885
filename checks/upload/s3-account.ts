export const testBucket = 'uploads-of-a-test';
/** The id and the secret of the key that s3rver has. */
export const testKey = 'S3RVER';
