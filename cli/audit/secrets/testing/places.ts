/** A file that holds a secret, as projects have them. */
interface Place {
  readonly path: string;
  readonly text: (secret: string) => string;
}

const escaped = (secret: string): string => JSON.stringify(secret).slice(1, -1);

export const places: readonly Place[] = [
  { path: 'src/client.js', text: (one) => `const client = connect({ credential: "${escaped(one)}" });\n` },
  { path: 'app/client.py', text: (one) => `import os\nclient = Client("""${one}""")\n` },
  { path: 'main.go', text: (one) => `package main\n\nconst value = \`${one}\`\n` },
  {
    path: 'src/Main.java',
    text: (one) => `class Main {\n  static final String VALUE = "${escaped(one)}";\n}\n`,
  },
  { path: 'lib/shop.rb', text: (one) => `Shop.setup(value: '${one}')\n` },
  { path: '.env', text: (one) => `PORT=3000\nSERVICE_VALUE="${escaped(one)}"\n` },
  { path: 'deploy/production.env', text: (one) => `SERVICE_VALUE=${escaped(one)}\n` },
  {
    path: 'config/production.yml',
    text: (one) => `service:\n  url: https://api.shop.io\n  value: "${escaped(one)}"\n`,
  },
  { path: 'config/production.json', text: (one) => JSON.stringify({ service: { value: one } }, null, 2) },
  {
    path: 'src/main/resources/context.xml',
    text: (one) => `<beans>\n  <property name="value" value="${one}"/>\n</beans>\n`,
  },
  { path: 'pom.xml', text: (one) => `<server><value>${one}</value></server>\n` },
  { path: 'application.properties', text: (one) => `service.value=${escaped(one)}\n` },
  { path: 'Dockerfile', text: (one) => `FROM node:20\nENV SERVICE_VALUE="${escaped(one)}"\n` },
  {
    path: '.github/workflows/deploy.yml',
    text: (one) => `jobs:\n  deploy:\n    env:\n      VALUE: "${escaped(one)}"\n`,
  },
  { path: '.gitlab-ci.yml', text: (one) => `deploy:\n  script:\n    - ./deploy --with "${escaped(one)}"\n` },
  {
    path: 'analysis.ipynb',
    text: (one) =>
      JSON.stringify({ cells: [{ cell_type: 'code', source: [`client = Client('${one}')\n`] }] }),
  },
  { path: 'links.txt', text: (one) => `https://api.shop.io/v1?a=b&value=${encodeURI(one)}&c=d\n` },
  {
    path: 'k8s/secret.yaml',
    text: (one) =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\ndata:\n  value: ${Buffer.from(one).toString('base64')}\n`,
  },
  {
    path: 'deploy.sh',
    text: (one) => `#!/bin/sh\ncurl -H "Authorization: Bearer ${escaped(one)}" https://api.shop.io\n`,
  },
  { path: 'main.tf', text: (one) => `provider "shop" {\n  value = "${escaped(one)}"\n}\n` },
];
