/** Prefixes of issued tokens, as their issuers document them for secret scanning (2026). */
export const issuedPrefixes: string = [
  // GitHub, GitLab, Slack, npm, PyPI, RubyGems, Clojars, Hugging Face, DigitalOcean, Docker
  'gh[pousr]_|github_pat_|gl[a-z]{1,8}-(?=[\\w-]{20})|xox[a-z]-|xoxe\\.xox[bp]-|xapp-|npm_(?=[A-Za-z\\d]{30})|pypi-AgE',
  'rubygems_(?=[a-f\\d]{40})|CLOJARS_|(?:hf|api_org)_(?=[A-Za-z\\d]{30})|do[opr]_v1_|dckr_[a-z]{2,4}_(?=[\\w-]{20})',
  // Stripe, OpenAI, Anthropic, Square, Shopify, PayPal, Flutterwave, EasyPost, Shippo
  'sk[-_](?:live|test|ant|proj|or|svcacct)[-_]|sk-(?=[A-Za-z\\d]{32})|[pr]k_(?:live|test)_|whsec_|sq0[a-z]{3}-|shp(?:at|ca|pa|ss|ua)_',
  'access_token\\$(?:production|sandbox)\\$|FLWSECK(?:_TEST)?-|EZ[AT]K(?=[\\w-]{40})|shippo_(?:live|test)_',
  // Groq, Replicate, Perplexity, xAI, LangSmith, Prefect, Pulumi, Terraform, Bedrock
  'gsk_(?=[A-Za-z\\d]{30})|r8_(?=[A-Za-z\\d]{30})|pplx-(?=[A-Za-z\\d]{30})|xai-(?=[A-Za-z\\d]{40})|lsv2_[a-z]{2}_|pnu_(?=[a-z\\d]{30})',
  'pul-(?=[a-f\\d]{40})|[A-Za-z\\d]{14}\\.atlasv1\\.|ABSK(?=[A-Za-z\\d+/]{60})',
  // Google, Firebase, SendGrid, Mailgun, Brevo, Twilio, Facebook, Dropbox, Alibaba, Tencent
  'AIza|ya29\\.|GOCSPX-|1//0|AAAA[\\w-]{7}:APA91b|SG\\.|key-(?=[a-f\\d]{32})|xkeysib-|AC(?=[a-f\\d]{32}\\b)|SK(?=[a-f\\d]{32}\\b)',
  'EAA(?=[A-Za-z\\d]{60})|sl\\.(?=[\\w-]{60})|LTAI(?=[A-Za-z\\d]{12})|AKID(?=[A-Za-z\\d]{32}(?!\\w))',
  // Vault, Databricks, Doppler, Linear, Figma, Grafana, New Relic, Sentry, Postman, Atlassian, age, Notion, Tailscale
  'hv[sbr]\\.|dapi(?=[a-f\\d]{32})|dp\\.(?:st|pt|sa|ct)\\.|lin_api_|fig[dou]_|gl(?:sa|c)_|NR(?:AK|JS|II|IQ|RA)-|sntry[su]_|PMAK-',
  'AT[AC]TT3x|ATBB(?=[A-Za-z\\d]{28})|BBDC-|AGE-SECRET-KEY-1|(?:ntn|secret)_(?=[A-Za-z\\d]{40})|tskey-|ops_eyJ|dt0[a-z]\\d{2}\\.',
  // PlanetScale, Netlify, Supabase, Airtable, SonarQube, Artifactory, Buildkite, HubSpot, Contentful, Typeform, Adafruit
  'pscale_[a-z]{2,5}_|nf[pcou]_(?=[A-Za-z\\d]{30})|sb[ps]_(?=[a-f\\d]{40})|pat[A-Za-z\\d]{14}\\.(?=[a-f\\d]{64})|sq[pau]_(?=[a-f\\d]{40})',
  'AKCp(?=[A-Za-z\\d]{60})|bk[a-z]a_(?=[a-f\\d]{40})|pat-[a-z]{2}\\d-(?=[a-f\\d-]{36})|CFPAT-|tfp_(?=[\\w-]{30})|aio_(?=[A-Za-z\\d]{28})',
  // ReadMe, Heroku, Mapbox, Sourcegraph, WakaTime, Cloudflare, HashiCorp, and sessions and codes by convention
  'rdme_|HRKU-|[sp]k\\.eyJ|sgp_(?=[\\w-]{40})|waka_(?=[a-f\\d-]{36})|v1\\.0-(?=[a-f\\d]{24}-[a-f\\d]{100})|v[1-4]\\.(?:local|public)\\.(?=[\\w-]{40})',
  'sess_(?=[\\w-]{20})|ac_(?=[A-Za-z\\d]{32})',
].join('|');
