/**
 * Values that the documentation of services has as examples, and those of emulators, which are the same everywhere: the first 24 digits
 * of their SHA-256, as the values themselves would be taken for secrets. One that is missing is reported, and can be allowed.
 */
export const documentedValues: ReadonlySet<string> = new Set([
  // AWS, secret access key
  '78314b11be2e581549ac1c4f',
  // AWS, secret access key of the CLI
  'e21b597ba6b9cafa59d9ebc4',
  // Stripe, test key
  '2cafc0970149a84f3b9e62ea',
  // Stripe, older test key
  'f2d6ca16515033e5dce14eba',
  // Azure, storage emulator
  '0011cc25eb4320717494d270',
  // Azure, Cosmos DB emulator
  'aa6547439583c3a275d4542a',
  // SendGrid
  '02091175c1ae3023fb1e92ff',
  // Telegram
  '731fa294d036e54f19df879b',
  // Telegram
  '0b5dd075ccdd03c42f4edda8',
  // Google, maps
  'ac9265e56c79b234607ec72c',
  // Google, Firebase documentation
  '279a2219c2388e7f062e82cf',
  // Slack
  'f5375a46365089a84f4f822b',
  // Discord
  '02f7ce3c263f85c019eeeeea',
  // jwt.io, HS256
  '7f75367e7881255134e1375e',
]);
