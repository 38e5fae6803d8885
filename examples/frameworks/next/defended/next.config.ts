import { withBulwarkConfig } from 'bulwark/next/config';

export default withBulwarkConfig({
  serverExternalPackages: ['@electric-sql/pglite'],
  turbopack: { root: `${import.meta.dirname}/..` },
});
