/**
 * Log lines that carry a secret. `secret` lists the pieces of which none may be left in the output.
 * Every token is made up. Tokens are split in the source, as hosts refuse commits that look like real ones.
 */
export const secrets: readonly {
  readonly text: string;
  readonly secret: readonly string[];
  readonly kind: string;
  readonly carrier: string;
}[] = [
  {
    kind: 'password',
    carrier: 'json',
    text: '{"level":"info","msg":"login attempt","body":{"user":"ann","password":"Tr0ub4dor&3"}}',
    secret: ['Tr0ub4dor'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"email":"bo@example.com","passwd":"zw1ebelKuchen!","remember":true}',
    secret: ['zw1ebelKuchen'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"user":"carla","pwd":"a;b=c#9Kiwi","tenant":"blue"}',
    secret: ['9Kiwi'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"username":"dmitri","pass":"snow<peak>77"}',
    secret: ['snow', 'peak'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{ "oldPassword" : "Sommer2019!", "newPassword" : "Winter2024?", "userId": 812 }',
    secret: ['Sommer2019', 'Winter2024'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"user":"eva","password":"he said \\"f1nch\\" tw1ce","ok":false}',
    secret: ['f1nch', 'tw1ce'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"login":"grace","password":"back\\\\sl4sh\\\\run"}',
    secret: ['back', 'sl4sh'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"password":"pass with spaces 8ight","attempts":3}',
    secret: ['8ight'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"msg":"signup","form":{"email":"hugo@example.org","password_confirmation":"O\'Reilly,42ducks","plan":"pro"}}',
    secret: ['Reilly', '42ducks'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"user":"ines","password":48151623,"lang":"pt"}',
    secret: ['48151623'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"passphrase":"violet-anchor-tundra","keyFile":"/etc/ssl/app.key"}',
    secret: ['violet', 'anchor', 'tundra'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"db":{"host":"db1","dbPassword":"Qx7}{mm]","port":5432}}',
    secret: ['Qx7}{mm]'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"credentials":{"username":"svc-report","password":"kLm{9}pQr"},"retry":1}',
    secret: ['kLm{9}pQr'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"user":"jonas","userPassword":"schl\\u00fcssel42"}',
    secret: ['schl', 'ssel42'],
  },
  {
    kind: 'password',
    carrier: 'json',
    text: '{"PASSWORD":"UPPERcase99lock","USER":"ROOT"}',
    secret: ['UPPERcase99lock'],
  },
  {
    kind: 'api-key',
    carrier: 'json',
    text: '{"service":"maps","apiKey":"' + 'kbjhfHmPkyOLvVIu' + 'SB6ql4pc6tmf3CTi","timeoutMs":3000}',
    secret: ['kbjhfHmPkyOLvVIu' + 'SB6ql4pc6tmf3CTi'],
  },
  {
    kind: 'api-key',
    carrier: 'json',
    text:
      '{"config":{"api_key":"' +
      '653751d48698f3949fe3' +
      'ee6aaee77fccffc1aa0e","region":"eu"},"event":"config.loaded"}',
    secret: ['653751d48698f3949fe3' + 'ee6aaee77fccffc1aa0e'],
  },
  {
    kind: 'client-secret',
    carrier: 'json',
    text:
      '{"grant_type":"client_credentials","client_id":"billing","client_secret":"' +
      'YJIsDa9xbgeGbwWV8g69d' +
      'gvY4JbBXJ_w-4CkQhnBxEq"}',
    secret: ['YJIsDa9xbgeGbwW' + 'V8g69dgvY4JbBXJ', '4CkQhnBxEq'],
  },
  {
    kind: 'oauth-token',
    carrier: 'json',
    text:
      '{"access_token":"' +
      'uGmaEtKOVxJvoLahkZeiHM8g' +
      'BRILA69VPmcNeJMSJtK6GUYM","token_type":"Bearer","expires_in":3600,"refresh_token":"' +
      'GokSqUOdCKKZPkgdIyOWwmGA' +
      'kEPqqRfclIQ92bt4aoYWti73"}',
    secret: [
      'uGmaEtKOVxJvoLahkZeiHM8g' + 'BRILA69VPmcNeJMSJtK6GUYM',
      'GokSqUOdCKKZPkgdIyOWwmGA' + 'kEPqqRfclIQ92bt4aoYWti73',
    ],
  },
  {
    kind: 'oauth-token',
    carrier: 'json',
    text:
      '{"event":"token.refreshed","refreshToken":"1//0g' +
      '3SzgG8pnNai_qApCE1eDJVX8RYEYus' +
      '6NL3NgUD23kSpjSkmwf24oQ0mDK_9l","scope":"email profile"}',
    secret: ['3SzgG8pnNai', 'qApCE1eDJVX8RYEYus6NL3' + 'NgUD23kSpjSkmwf24oQ0mDK'],
  },
  {
    kind: 'oauth-token',
    carrier: 'json',
    text:
      '{"id_token":"eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjdiNWFiZTMyIn0.' +
      'eyJzdWIiOiI0Mjk0MyIsIm5hbWUiOiJibyIsImV4cCI6MTcwODM0NTU5OH0.RBjrNEYa4Sj3tShdquJ_BG1TGmdO4CHltk' +
      '8wHYQeIp43uo-Odl-xWbZj47diJBI47JuIq51DLiw8bpbzTiKDoDxpr-m62jlqFAuOpJlqg4XnImNbklD5g0MUz-3-hIqV","nonce_ok":true}',
    secret: [
      'eyJzdWIiOiI0Mjk0MyIsIm5hbWUiO' + 'iJibyIsImV4cCI6MTcwODM0NTU5OH0',
      'RBjrNEYa4' + 'Sj3tShdquJ',
      'BG1TGmdO4CHlt' + 'k8wHYQeIp43uo',
      'xWbZj47diJBI47JuIq5' + '1DLiw8bpbzTiKDoDxpr',
      'm62jlqFAuOpJlqg' + '4XnImNbklD5g0MUz',
      'hIqV',
    ],
  },
  {
    kind: 'card',
    carrier: 'json',
    text: '{"event":"payment.failed","number":"' + '47718823' + '44556113","exp_month":4}',
    secret: ['47718823' + '44556113', '234455'],
  },
  {
    kind: 'card',
    carrier: 'json',
    text: '{"amount":1999,"currency":"EUR","card":{"pan":' + '53484360' + '07651132,"brand":"mc"}}',
    secret: ['53484360' + '07651132', '600765'],
  },
  {
    kind: 'card',
    carrier: 'json',
    text: '{"order":77,"cardNumber":"' + '3769 931' + '789 76637","holder":"G. Hopper"}',
    secret: ['3769 931' + '789 76637'],
  },
  {
    kind: 'cvv',
    carrier: 'json',
    text: '{"card":{"brand":"visa","cvv":"739","exp":"04/29"}}',
    secret: ['739'],
  },
  { kind: 'cvv', carrier: 'json', text: '{"brand":"amex","cvc":8316,"amount":500}', secret: ['8316'] },
  {
    kind: 'cvv',
    carrier: 'json',
    text: '{"payment":{"securityCode":"604","method":"card"}}',
    secret: ['604'],
  },
  {
    kind: 'ssn',
    carrier: 'json',
    text: '{"applicant":"Carla Diaz","ssn":"536-22-8741","score":712}',
    secret: ['536-22-8741'],
  },
  {
    kind: 'session',
    carrier: 'json',
    text:
      '{"req":{"method":"GET","url":"/cart","sessionId":"' +
      '19d492eaa5981180' +
      '2c2fd814fd032a5b"},"ms":12}',
    secret: ['19d492eaa5981180' + '2c2fd814fd032a5b'],
  },
  {
    kind: 'totp-secret',
    carrier: 'json',
    text: '{"event":"mfa.enrol","user":"farid","totpSecret":"' + '72NPHPRECTFJA6AK' + 'NTGBQWR3KXA334CF"}',
    secret: ['72NPHPRECTFJA6AK' + 'NTGBQWR3KXA334CF'],
  },
  {
    kind: 'otp',
    carrier: 'json',
    text: '{"event":"mfa.verify","user":"farid","otp":"482913"}',
    secret: ['482913'],
  },
  {
    kind: 'pin',
    carrier: 'json',
    text: '{"terminal":"T-22","pin":"7391","result":"declined"}',
    secret: ['7391'],
  },
  {
    kind: 'private-key',
    carrier: 'json',
    text:
      '{"type":"service_account","project_id":"demo-1","private_key":"-----BEGIN ' +
      'PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0' +
      'qSQFym89i1Z7DdOIWrs9' +
      'OZf15K+rkAME6cTAox9O\\n' +
      'M5aP4PvI7esDtsEjzXhPhhgKizWLDYO/' +
      'dKV3jy9OVYi6Th8S3dRpjj/0gb+gXzVo\\n-----END PRIVATE KEY-----\\n"}',
    secret: [
      'qSQFym89i1Z7D' + 'dOIWrs9OZf15K',
      'rkAME6cTAox9O',
      'M5aP4PvI7esDtsE' + 'jzXhPhhgKizWLDYO',
      'dKV3jy9OVYi' + '6Th8S3dRpjj',
      'gXzVo',
    ],
  },
  {
    kind: 'webauthn',
    carrier: 'json',
    text:
      '{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","d":"' +
      'S7yZncMZtRx4MGjT5szZw' +
      'RnWmLP-VeemCvdccGdk5P7"}',
    secret: ['S7yZncMZtRx4M' + 'GjT5szZwRnWmLP', 'VeemCvdccGdk5P7'],
  },
  {
    kind: 'jwk',
    carrier: 'json',
    text:
      '{"keys":[{"kty":"oct","kid":"hmac-1","k":"' +
      'ijAFQEKxjQahiAWUFKPK9BApRp9A8Ud4' +
      'iawbQr_NMNVbS8Sv5BLOXrUjazi26ULD","alg":"HS256"}]}',
    secret: ['ijAFQEKxjQahiAWUFKP' + 'K9BApRp9A8Ud4iawbQr', 'NMNVbS8Sv5BL' + 'OXrUjazi26ULD'],
  },
  {
    kind: 'reset-token',
    carrier: 'json',
    text:
      '{"event":"mail.sent","template":"reset","resetToken":"' +
      'PHrzPLR7j4yFoYE3' +
      'H03LKdeEbZrHyXJI","to":"ines@example.com"}',
    secret: ['PHrzPLR7j4yFoYE3' + 'H03LKdeEbZrHyXJI'],
  },
  {
    kind: 'azure-client-secret',
    carrier: 'json',
    text:
      '{"tenantId":"a80caf2f-39e3-4ab6-87ce-6a73fb73360a","clientId":"38532cc0-8335-4d1c-8265-45d7795f917c","clientSecret":"BqG8Q~' +
      'NW4SrCeqkrkat2yc9' +
      'OhEYvF2rFnv96CH6M"}',
    secret: ['NW4SrCeqkrkat2yc9' + 'OhEYvF2rFnv96CH6M'],
  },
  {
    kind: 'aws-secret-key',
    carrier: 'json',
    text:
      '{"Credentials":{"AccessKeyId":"ASIA' +
      'WJTULLP7DNLBOX6T","SecretAccessKey":"' +
      '2K3m2d92PzRl+SWKklY3' +
      'iCglcyY/oR2Htb1hmhsR","SessionToken":"FwoGZXIvYXdzE' +
      'u+N41aeS3SAHUHQxx+LHGOdv7iKidka0ifwRoYBL27KLt' +
      'Jfc9vLoE8lub+6n0Q9KHgPW48Gks4S7FzfaGGqV/Oo7cx"}}',
    secret: [
      '2K3m2d92PzRl',
      'SWKklY3iCglcyY',
      'oR2Htb1hmhsR',
      'N41aeS3SAHUHQxx',
      'LHGOdv7iKidka0ifwRo' + 'YBL27KLtJfc9vLoE8lub',
      '6n0Q9KHgPW48G' + 'ks4S7FzfaGGqV',
      'Oo7cx',
    ],
  },
  {
    kind: 'docker-auth',
    carrier: 'json',
    text: '{"auths":{"registry.example.com":{"auth":"' + 'ZGVwbG95OjBj' + 'dG9iZXJSdXN0"}}}',
    secret: ['ZGVwbG95OjBj' + 'dG9iZXJSdXN0'],
  },
  {
    kind: 'seed-phrase',
    carrier: 'json',
    text:
      '{"wallet":"main","mnemonic":"' +
      'legal winner thank year wave sausage ' +
      'worth useful legal winner thank yellow"}',
    secret: [
      'legal win' + 'ner thank',
      'year wav' + 'e sausage',
      'worth use' + 'ful legal',
      'winner th' + 'ank yellow',
    ],
  },
  {
    kind: 'seed-phrase',
    carrier: 'json',
    text:
      '{"event":"restore","seedPhrase":"' +
      'orbit velvet canyon drift pepper luna' +
      'r hazard mimic quilt robot sunny tiger"}',
    secret: [
      'orbit vel' + 'vet canyon',
      'drift pep' + 'per lunar',
      'hazard mi' + 'mic quilt',
      'robot su' + 'nny tiger',
    ],
  },
  {
    kind: 'password-hash',
    carrier: 'json',
    text:
      '{"id":9,"name":"ann","passwordHash":"$2b$12$' +
      'OWPLdgBYR4BaDANf4/AcTmQDDp' +
      '9JMfKq6K7anur8lfroHH3gKFyV5"}',
    secret: ['OWPLdgBY' + 'R4BaDANf4', 'AcTmQDDp9JMfKq6K7' + 'anur8lfroHH3gKFyV5'],
  },
  {
    kind: 'password-hash',
    carrier: 'json',
    text:
      '{"user":{"id":44,"hash":"$argon2id$v=19$m=65536,t=3,p=4$' +
      'gQrjEce4KbibKXcjPfhsav$6BbuR8Pgt0' +
      'OHM3urDH6l+9NPCvy1eDIK6ZRvRTBGBR0"}}',
    secret: ['gQrjEce4Kbi' + 'bKXcjPfhsav', '6BbuR8Pgt0' + 'OHM3urDH6l', '9NPCvy1eDIK' + '6ZRvRTBGBR0'],
  },
  {
    kind: 'iban',
    carrier: 'json',
    text: '{"payout":{"iban":"' + 'DE893704004' + '40532013000","amount":"120.00"}}',
    secret: ['DE893704004' + '40532013000'],
  },
  {
    kind: 'bank-account',
    carrier: 'json',
    text: '{"routing":"021000021","accountNumber":"000123456789","type":"checking"}',
    secret: ['000123456789'],
  },
  {
    kind: 'passport',
    carrier: 'json',
    text: '{"guest":"A. Turing","passportNumber":"X4RTBPFW4","nights":2}',
    secret: ['X4RTBPFW4'],
  },
  {
    kind: 'encryption-key',
    carrier: 'json',
    text:
      '{"event":"kms.unwrap","encryptionKey":"' +
      'dvvsEbviB1SGnRXs1hFQ5R' +
      '4DpitNB7Fbmrc4blFAJIw=","kid":"k-7"}',
    secret: ['dvvsEbviB1SGnRXs1hFQ5' + 'R4DpitNB7Fbmrc4blFAJIw'],
  },
  {
    kind: 'cookie-secret',
    carrier: 'json',
    text: '{"session":{"cookieSecret":"' + 'keyboard' + '-c4t-zx81","maxAge":86400}}',
    secret: ['keyboard', 'zx81'],
  },
  {
    kind: 'signing-key',
    carrier: 'json',
    text: '{"webhooks":{"signingSecret":"' + 'efeb78f6f4ca2087' + 'b0b74ad54f8814fa","retries":5}}',
    secret: ['efeb78f6f4ca2087' + 'b0b74ad54f8814fa'],
  },
  {
    kind: 'password',
    carrier: 'json-in-json',
    text: '{"msg":"bad request","body":"{\\"user\\":\\"ann\\",\\"password\\":\\"gr4nite_Falls\\"}"}',
    secret: ['gr4nite', 'Falls'],
  },
  {
    kind: 'password',
    carrier: 'json-in-json',
    text: '{"raw":"{\\u0022user\\u0022:\\u0022bo\\u0022,\\u0022password\\u0022:\\u0022m4rmalade-Sky\\u0022}"}',
    secret: ['m4rmalade'],
  },
  {
    kind: 'password',
    carrier: 'json-in-json',
    text: '{"err":"{\\"inner\\":\\"{\\\\\\"password\\\\\\":\\\\\\"tr1ple-Nest\\\\\\",\\\\\\"id\\\\\\":4}\\"}"}',
    secret: ['tr1ple', 'Nest'],
  },
  {
    kind: 'password',
    carrier: 'json-in-json',
    text: '{"query":"user=eva\\u0026password\\u003dloch_Ness77\\u0026next\\u003d%2Fhome"}',
    secret: ['loch', 'Ness77'],
  },
  {
    kind: 'password',
    carrier: 'json-in-json',
    text: '{"log":"login password=\\u0022quoted Heron5\\u0022 from 10.0.0.9"}',
    secret: ['quoted', 'Heron5'],
  },
  {
    kind: 'password',
    carrier: 'json-in-json',
    text: '{"detail":"{\\"pwd\\":\\"am\\u0026per\\u003csand9\\",\\"try\\":2}"}',
    secret: ['sand9'],
  },
  {
    kind: 'api-key',
    carrier: 'json-in-json',
    text:
      '{"message":"{\\"apiKey\\":\\"' +
      'f6tYeGqA6cquCN1j' +
      'AcIuPO7HxQ2G1UEI\\",\\"path\\":\\"/v1/geo\\"}","level":"warn"}',
    secret: ['f6tYeGqA6cquCN1j' + 'AcIuPO7HxQ2G1UEI'],
  },
  {
    kind: 'oauth-token',
    carrier: 'json-in-json',
    text:
      '{"response":"{\\"access_token\\":\\"' +
      'q0vb_Ya4kBJt-SLrXrmUA' +
      'mEiRAaV4R4qhTW_zQ0qHFE\\",\\"expires_in\\":3599}","status":200}',
    secret: ['q0vb', 'Ya4kBJt', 'SLrXrmUAmEi' + 'RAaV4R4qhTW', 'zQ0qHFE'],
  },
  {
    kind: 'oauth-token',
    carrier: 'json-in-json',
    text:
      '{"url":"/cb?state=ab12\\u0026code\\u003d4/0Adeu5B' +
      'eqq8VRNPGvBqWTGKNwEW84q9' +
      'zLjcA3v5T8nGj1Xquy_pQ_KO\\u0026scope\\u003demail"}',
    secret: ['eqq8VRNPGvBqWTGKNwEW8' + '4q9zLjcA3v5T8nGj1Xquy'],
  },
  {
    kind: 'card',
    carrier: 'json-in-json',
    text: '{"payload":"{\\"card\\":{\\"number\\":\\"' + '46923983' + '39243589\\",\\"cvc\\":\\"391\\"}}"}',
    secret: ['46923983' + '39243589', '833924', '391'],
  },
  {
    kind: 'card',
    carrier: 'json-in-json',
    text: '{"data":"{\\u0022pan\\u0022:\\u0022' + '60826618' + '71406614\\u0022,\\u0022amount\\u0022:1200}"}',
    secret: ['60826618' + '71406614', '187140'],
  },
  {
    kind: 'jwt',
    carrier: 'json-in-json',
    text:
      '{"event":"{\\"headers\\":{\\"authorization\\":\\"Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.' +
      'eyJzdWIiOiIyMTE0MCIsIm5hbWUiOiJhbm4iLCJleHAiOjE3MDcx' +
      'MzMxMjF9.mgf84LPYQQW-YXzUUPfE1tP1ARfe63rBiTIlN_GjWNE\\"}}"}',
    secret: [
      'eyJzdWIiOiIyMTE0MCIsIm5hbWUiOi' + 'Jhbm4iLCJleHAiOjE3MDcxMzMxMjF9',
      'mgf84LPYQQW',
      'YXzUUPfE1tP1' + 'ARfe63rBiTIlN',
      'GjWNE',
    ],
  },
  {
    kind: 'basic-auth',
    carrier: 'json-in-json',
    text: '{"req":"{\\"headers\\":{\\"Authorization\\":\\"Basic ' + 'Ym86dzFudG' + 'VyR2FydGVu\\"}}"}',
    secret: ['Ym86dzFudG' + 'VyR2FydGVu'],
  },
  {
    kind: 'session',
    carrier: 'json-in-json',
    text:
      '{"body":"{\\\\u0022session_token\\\\u0022:\\\\u0022' +
      'L0shfdL7rvyRnv1dEugM' +
      '3Oe5HBLXHysHkjGEjqFF\\\\u0022}","source":"queue"}',
    secret: ['L0shfdL7rvyRnv1dEugM' + '3Oe5HBLXHysHkjGEjqFF'],
  },
  {
    kind: 'private-key',
    carrier: 'json-in-json',
    text:
      '{"conf":"{\\"key\\":\\"-----BEGIN ' +
      'EC PRIVATE KEY-----\\\\nMHcCAQEEI' +
      'Pgv3jjDAJXN1M9PB57iiaJlpjtL' +
      'nd9yElrLinDusRiu6Lsl1P0QouvS\\\\n-----END EC PRIVATE KEY-----\\\\n\\"}"}',
    secret: ['Pgv3jjDAJXN1M9PB57iiaJlpjtL' + 'nd9yElrLinDusRiu6Lsl1P0QouvS'],
  },
  {
    kind: 'aws-secret-key',
    carrier: 'json-in-json',
    text:
      '{"Records":[{"body":"{\\"aws_secret_access_key\\":\\"' +
      'BNtq6rsF/j00uvSTNf/6' +
      'NVu8urQaf3691Nnlq2JV\\",\\"region\\":\\"us-west-2\\"}"}]}',
    secret: ['BNtq6rsF', 'j00uvSTNf', '6NVu8urQaf' + '3691Nnlq2JV'],
  },
  {
    kind: 'client-secret',
    carrier: 'json-in-json',
    text:
      '{"post":"grant_type=client_credentials\\u0026client_secret\\u003d' +
      'L31LMTC35Km4gkgTZIq0' +
      'ilNs5cb7SfktU6ZAvbZD"}',
    secret: ['L31LMTC35Km4gkgTZIq0' + 'ilNs5cb7SfktU6ZAvbZD'],
  },
  {
    kind: 'database-url',
    carrier: 'json-in-json',
    text: '{"env":"{\\"DATABASE_URL\\":\\"postgres://app:p0lar.Expr3ss@db:5432/app\\"}"}',
    secret: ['p0lar', 'Expr3ss'],
  },
  {
    kind: 'password-hash',
    carrier: 'json-in-json',
    text:
      '{"row":"{\\"id\\":3,\\"password_digest\\":\\"$2a$10$' +
      '6apzG225Ux3nuf0rsRw.H2BRN9' +
      'z.oJ69fyNH4tk3lffQfpLwgXEt4\\"}"}',
    secret: ['6apzG225U' + 'x3nuf0rsRw', 'H2BRN9z', 'oJ69fyNH4tk3' + 'lffQfpLwgXEt4'],
  },
  {
    kind: 'password',
    carrier: 'form-body',
    text: 'username=ann&password=c4mel%26dune&remember=on',
    secret: ['c4mel', 'dune'],
  },
  {
    kind: 'password',
    carrier: 'form-body',
    text: 'password=%3Cspl1t%3Eseven&user=bo',
    secret: ['spl1t', 'seven'],
  },
  {
    kind: 'password',
    carrier: 'form-body',
    text: 'user=carla&passwd=Two+w0rds+here&submit=Log+in',
    secret: ['w0rds'],
  },
  {
    kind: 'password',
    carrier: 'form-body',
    text: 'POST /login body: email=eva%40example.com&password=umbr%25ella9',
    secret: ['umbr', 'ella9'],
  },
  {
    kind: 'password',
    carrier: 'form-body',
    text: 'user%3Dgrace%26password%3Del3ven-pipers%26next%3D%252F',
    secret: ['el3ven', 'pipers'],
  },
  {
    kind: 'password',
    carrier: 'form-body',
    text: 'old_password=r3d-apples&new_password=gr33n-pears&new_password2=gr33n-pears',
    secret: ['apples', 'gr33n', 'pears'],
  },
  {
    kind: 'password',
    carrier: 'form-body',
    text: 'user%5Bname%5D=hugo&user%5Bpassword%5D=vap0rwave!!&commit=Sign+up',
    secret: ['vap0rwave'],
  },
  {
    kind: 'password',
    carrier: 'form-body',
    text: 'user[email]=ines@example.com&user[password]=l4va-Lamp&user[password_confirmation]=l4va-Lamp',
    secret: ['l4va', 'Lamp'],
  },
  {
    kind: 'password',
    carrier: 'form-body',
    text: 'user=jonas%0Apassword=newl1ne-trick%0Arole=admin',
    secret: ['newl1ne', 'trick'],
  },
  {
    kind: 'password',
    carrier: 'form-body',
    text: 'j_username=admin&j_password=tomc4t-Whisker',
    secret: ['tomc4t', 'Whisker'],
  },
  {
    kind: 'password',
    carrier: 'form-body',
    text: 'log=admin&pwd=w0rdPr3ss-x&wp-submit=Log+In&redirect_to=%2Fwp-admin%2F',
    secret: ['w0rdPr3ss'],
  },
  {
    kind: 'oauth-code',
    carrier: 'form-body',
    text:
      'grant_type=authorization_code&code=SplxlO' +
      'PPSh1AfWnTp948f' +
      '3yWEtcz9qv0cewr&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb',
    secret: ['PPSh1AfWnTp948f' + '3yWEtcz9qv0cewr'],
  },
  {
    kind: 'oauth-token',
    carrier: 'form-body',
    text:
      'grant_type=refresh_token&refresh_token=' +
      'PWjlZ-SptzqPh8r8yATOonIhSoUjnDiN' +
      '8kqqbYBr5nZ8vlodXleDo0wDN23E3s6g&client_id=mobile',
    secret: ['PWjlZ', 'SptzqPh8r8yATOonIhSoUjnDiN8kq' + 'qbYBr5nZ8vlodXleDo0wDN23E3s6g'],
  },
  {
    kind: 'client-secret',
    carrier: 'form-body',
    text:
      'client_id=s6BhdRkqt3&client_secret=7Fjfp0ZBr1' + 'AvjuRQjY' + 'owXNEXE1&grant_type=client_credentials',
    secret: ['AvjuRQjY' + 'owXNEXE1'],
  },
  {
    kind: 'oauth-code',
    carrier: 'form-body',
    text:
      'grant_type=authorization_code&code_verifier=' +
      'hkSOtVgEqm1mKfBUpw1Dn' +
      'ODizhqm6eN1OHyn3fXh_H3&client_id=spa',
    secret: ['hkSOtVgEqm1mKfBUpw1D' + 'nODizhqm6eN1OHyn3fXh'],
  },
  {
    kind: 'oauth-token',
    carrier: 'form-body',
    text: 'token=' + 'rkiG8KuLVazXDc9JtL8ai' + 'WeL1gwkuQyGo0boLWFsaEX&token_type_hint=access_token',
    secret: ['rkiG8KuLVazXDc9JtL8ai' + 'WeL1gwkuQyGo0boLWFsaEX'],
  },
  {
    kind: 'jwt',
    carrier: 'form-body',
    text:
      'client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjY0Y2IyOTQ5In0.' +
      'eyJzdWIiOiIyNTQ3NyIsIm5hbWUiOiJjYXJsYSIsImV4cCI6MTcwMTQ2MjUzN30.e9lXS41IEu9WK5reiUohgrMtyKWWmcGR' +
      'wa2OBaeHCyZLZb3PUAFQI4NUdkVhTSJ2fqw4tNNyY6QlsVZNQcH8JwrGT8fGggNTUdBSxRJWeaPhpFGXYkWuBANcjqwPDIFc',
    secret: [
      'eyJzdWIiOiIyNTQ3NyIsIm5hbWUiOiJ' + 'jYXJsYSIsImV4cCI6MTcwMTQ2MjUzN30',
      'e9lXS41IEu9WK5reiUohgrMtyKWWmcGRwa2OBaeHCyZLZb3PUAFQI4NUdkVhTSJ2' +
        'fqw4tNNyY6QlsVZNQcH8JwrGT8fGggNTUdBSxRJWeaPhpFGXYkWuBANcjqwPDIFc',
    ],
  },
  {
    kind: 'saml',
    carrier: 'form-body',
    text:
      'SAMLResponse=PHNhbWxwOlJlc3BvbnNl' +
      'v6N9bmAhA4RLCFs643t3yD2wL3Xb35LfQ6E%2FHPGXX46Jd%2BWcpb1VixO44ag' +
      'FRDqHymuTbiTp5YdN0cEBdIeUYE3297xBxCn%2BD6FFUTn6pUJswgtLTMRWFBLt&RelayState=%2Fapp',
    secret: [
      'v6N9bmAhA4RLCFs64' + '3t3yD2wL3Xb35LfQ6E',
      'HPGXX46Jd',
      'Wcpb1VixO44agFRDqHymuTbi' + 'Tp5YdN0cEBdIeUYE3297xBxCn',
      'D6FFUTn6pUJs' + 'wgtLTMRWFBLt',
    ],
  },
  {
    kind: 'card',
    carrier: 'form-body',
    text: 'amount=500&card_number=' + '48786542' + '84434201&exp=0427&cvv=118',
    secret: ['48786542' + '84434201', '428443', '118'],
  },
  {
    kind: 'card',
    carrier: 'form-body',
    text: 'card%5Bnumber%5D=' + '51573162' + '59676377&card%5Bcvc%5D=655&card%5Bexp_year%5D=2028',
    secret: ['51573162' + '59676377', '625967', '655'],
  },
  {
    kind: 'card',
    carrier: 'form-body',
    text: 'cc=' + '4012+8888' + '+8888+1881&zip=10115',
    secret: ['4012+8888' + '+8888+1881'],
  },
  {
    kind: 'card',
    carrier: 'form-body',
    text: 'pan=' + '5105%2D1051%' + '2D0510%2D5100&name=A+Lovelace',
    secret: ['5105%2D1051%' + '2D0510%2D5100'],
  },
  {
    kind: 'private-key',
    carrier: 'form-body',
    text:
      'name=deploy&key=-----BEGIN+RSA+PRIVATE+KEY-----%0AMIIEowIBAAKCAQEA' +
      'C%2Fb0p1gjj7EP3fHGFK%2B6EZ' +
      'Mr7LTwqH9R6ISZb6DpEVHsrGqn%0A' +
      'tCEr%2FhQyCwNU1dbD5%2BM%2FyA9ji%2Bj2' +
      'dejuywnLRHpIMLhl0tOn6bYAtJW5JwESpq50%0A-----END+RSA+PRIVATE+KEY-----',
    secret: [
      'b0p1gjj7' + 'EP3fHGFK',
      '6EZMr7LTwqH9R6' + 'ISZb6DpEVHsrGqn',
      'tCEr',
      'hQyCwNU1dbD5',
      'yA9ji',
      'j2dejuywnLRHpIMLhl0' + 'tOn6bYAtJW5JwESpq50',
    ],
  },
  {
    kind: 'private-key',
    carrier: 'form-body',
    text:
      'pem=-----BEGIN%20PRIVATE%20KEY-----%0D%0AMIIEvAIBADANBgkq' +
      'CLEcIIG57pv7rirURlZ0qItb' +
      'LmMWZyczAqD0FDaB3X0xWj1q%0D%0A-----END%20PRIVATE%20KEY-----&label=ci',
    secret: ['CLEcIIG57pv7rirURlZ0qItb' + 'LmMWZyczAqD0FDaB3X0xWj1q'],
  },
  {
    kind: 'twilio-token',
    carrier: 'form-body',
    text:
      'AccountSid=AC' +
      '385b2167cedd5fee5aa9623ce5046d97&AuthToken=' +
      '716c78b092ae84c5' +
      '85bc7fa0c58e3985&To=%2B4915112345678',
    secret: ['716c78b092ae84c5' + '85bc7fa0c58e3985'],
  },
  {
    kind: 'api-key',
    carrier: 'form-body',
    text: 'q=berlin&apikey=' + 'bcaf33562e7a107d' + 'a5dc5032a6500f82&units=metric',
    secret: ['bcaf33562e7a107d' + 'a5dc5032a6500f82'],
  },
  { kind: 'otp', carrier: 'form-body', text: 'user=farid&otp=093471&trust_device=1', secret: ['093471'] },
  {
    kind: 'ssn',
    carrier: 'form-body',
    text: 'first=Carla&ssn=078-05-1120&dob=1980-02-01',
    secret: ['078-05-1120'],
  },
  {
    kind: 'slack-token',
    carrier: 'form-body',
    text:
      'token=xoxp-' +
      '830188064834-712036696691-704809159' +
      '799-698c1537b436551483b4d7dd514a7f5f&channel=C024BE91L&text=hi',
    secret: ['830188064834', '712036696691', '704809159799', '698c1537b4365514' + '83b4d7dd514a7f5f'],
  },
  {
    kind: 'reset-token',
    carrier: 'form-body',
    text: '_method=put&reset_password_token=' + 'qkshGNKi_v' + 'uzt35zmera&user%5Bemail%5D=bo%40example.com',
    secret: ['qkshGNKi', 'vuzt35zmera'],
  },
  {
    kind: 'iban',
    carrier: 'form-body',
    text: 'account_holder=E+Noether&iban=' + 'NL91ABNA0' + '417164300&mandate=yes',
    secret: ['NL91ABNA0' + '417164300'],
  },
  {
    kind: 'api-key',
    carrier: 'url-query',
    text: 'GET /v1/forecast?lat=52.5&lon=13.4&appid=' + '701ed254df4457b0' + '71d2d8b8a27681c0 401',
    secret: ['701ed254df4457b0' + '71d2d8b8a27681c0'],
  },
  {
    kind: 'api-key',
    carrier: 'url-query',
    text:
      'upstream https://api.example.com/geo?api_key=' +
      'IRxdC30PhhDPL7rV' +
      'zFmN8XpPcxToYPR1&q=rome failed: 503',
    secret: ['IRxdC30PhhDPL7rV' + 'zFmN8XpPcxToYPR1'],
  },
  {
    kind: 'google-api-key',
    carrier: 'url-query',
    text:
      'https://maps.googleapis.com/maps/api/geocode/json?address=Paris&key=AIza' +
      'Yg9N9n1rd5TPlc-0D' +
      'H5LEP-xVvSsmtR6SXR',
    secret: ['Yg9N9n1rd5TPlc', '0DH5LEP', 'xVvSsmtR6SXR'],
  },
  {
    kind: 'oauth-token',
    carrier: 'url-query',
    text:
      'https://graph.example.com/me?access_token=' +
      's7GWR6ghbYqhOiqyQ1UrbqcwazhUTA' +
      'c99QCju5MvoZCenxLeUiw5OsplqEZY&fields=id',
    secret: ['s7GWR6ghbYqhOiqyQ1UrbqcwazhUTA' + 'c99QCju5MvoZCenxLeUiw5OsplqEZY'],
  },
  {
    kind: 'oauth-code',
    carrier: 'url-query',
    text: 'GET /oauth/callback?code=' + '62df6d1e81' + '9eb5ac28c2&state=x9f3 HTTP/1.1',
    secret: ['62df6d1e81' + '9eb5ac28c2'],
  },
  {
    kind: 'oauth-token',
    carrier: 'url-query',
    text:
      'redirect to https://app.example.com/#access_token=' +
      'lFCtJzhpAQt4cvnQrOEs' +
      'gl9rTydIZyagxVrLsMQW&token_type=bearer&expires_in=900',
    secret: ['lFCtJzhpAQt4cvnQrOEs' + 'gl9rTydIZyagxVrLsMQW'],
  },
  {
    kind: 'jwt',
    carrier: 'url-query',
    text:
      'wss://push.example.com/socket?token=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.' +
      'eyJzdWIiOiI4MDY4IiwibmFtZSI6ImpvbmFzIiwiZXhwIjoxNzA0M' +
      'zU4Mjc1fQ.DWnqrc3-jhG7UgpJkMEMuzGfg8h8wEB8865dmwKNVOA&v=2',
    secret: [
      'eyJzdWIiOiI4MDY4IiwibmFtZSI6Imp' + 'vbmFzIiwiZXhwIjoxNzA0MzU4Mjc1fQ',
      'DWnqrc3',
      'jhG7UgpJkMEMuzGfg' + '8h8wEB8865dmwKNVOA',
    ],
  },
  {
    kind: 'password',
    carrier: 'url-query',
    text: 'GET /login?user=ann&password=plumTr33s 302 11ms',
    secret: ['plumTr33s'],
  },
  {
    kind: 'password',
    carrier: 'url-query',
    text: 'http://cam.local/cgi?usr=admin&pwd=z00m-L3ns&cmd=snap',
    secret: ['z00m', 'L3ns'],
  },
  {
    kind: 'password',
    carrier: 'url-query',
    text: 'GET /api?auth[user]=svc&auth[password]=f0xtrot-Uniform HTTP/1.1',
    secret: ['f0xtrot', 'Uniform'],
  },
  {
    kind: 'password',
    carrier: 'url-query',
    text: '/proxy?u=https%3A%2F%2Fin.example.com%2F%3Fpassword%3Dn3sted-Query%26x%3D1',
    secret: ['n3sted', 'Query'],
  },
  {
    kind: 'reset-token',
    carrier: 'url-query',
    text: 'https://example.com/reset?token=' + '37bbdce6ef5c9f840e6e' + '489af062d3eae87185a8',
    secret: ['37bbdce6ef5c9f840e6e' + '489af062d3eae87185a8'],
  },
  {
    kind: 'reset-token',
    carrier: 'url-query',
    text:
      'GET /password/reset?email=bo%40example.com&reset_token=' +
      'OZfIUO_Qd1Ee0BKXUNu95' +
      'OglY1X1V-VkHd9q2B8eFb2 200',
    secret: ['OZfIUO', 'Qd1Ee0BKXUN' + 'u95OglY1X1V', 'VkHd9q2B8eFb2'],
  },
  {
    kind: 'magic-link',
    carrier: 'url-query',
    text:
      'Sent sign-in link https://app.example.com/magic?login_token=' +
      'VaIJ7dsppAEdr5Eq' +
      'MFmi8ZyiVRCc1Hrj to ines@example.com',
    secret: ['VaIJ7dsppAEdr5Eq' + 'MFmi8ZyiVRCc1Hrj'],
  },
  {
    kind: 'invite-token',
    carrier: 'url-query',
    text: 'https://team.example.com/join?invite_token=' + 'nPib7LpjT_FD' + '4E54aQvEGkxp&org=blue',
    secret: ['nPib7LpjT', 'FD4E54aQvEGkxp'],
  },
  {
    kind: 'session',
    carrier: 'url-query',
    text: 'GET /index.php?PHPSESSID=' + 'pu1dp2cozwmp6' + 'nfy52qjx8t4rl&page=3',
    secret: ['pu1dp2cozwmp6' + 'nfy52qjx8t4rl'],
  },
  {
    kind: 'session',
    carrier: 'url-query',
    text: 'GET /shop;jsessionid=' + 'D111D1FD8AF8A34A' + '4B970BD5D4574A98?item=4 HTTP/1.1',
    secret: ['D111D1FD8AF8A34A' + '4B970BD5D4574A98'],
  },
  {
    kind: 'session',
    carrier: 'url-query',
    text: 'GET /forum/view?sid=' + '4c157bbb4f05cf80' + 'ff8b7e715f9bc52e&t=991 200',
    secret: ['4c157bbb4f05cf80' + 'ff8b7e715f9bc52e'],
  },
  {
    kind: 'aws-presigned',
    carrier: 'url-query',
    text:
      'https://b.s3.amazonaws.com/r.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20240101T000000Z&X-Amz-Expires=900&X-Amz-Signature=' +
      '36920b90c4f13d701f144520ae298d23' +
      '849d55ae375fe9be74e806eae663ffc5',
    secret: ['36920b90c4f13d701f144520ae298d23' + '849d55ae375fe9be74e806eae663ffc5'],
  },
  {
    kind: 'aws-presigned',
    carrier: 'url-query',
    text:
      'https://b.s3.eu-west-1.amazonaws.com/k?X-Amz-Security-Token=IQoJb3JpZ2lu' +
      'eOQhg5dFRVNuEb5UntlMfLOZPKkC81OPL2EJ%2BKo%2F' +
      'WNNQfsB%2FsZckar6bV5DnQQ1dxYpPKG2mZZsh%2FT6C&X-Amz-Signature=' +
      '88b186bf1482b1e4badf0d3bd5f2f2d1' +
      'e050c63263f756bfd66b0f6788eb8aaf',
    secret: [
      'eOQhg5dFRVNuEb5Unt' + 'lMfLOZPKkC81OPL2EJ',
      'WNNQfsB',
      'sZckar6bV5DnQQ' + '1dxYpPKG2mZZsh',
      '88b186bf1482b1e4badf0d3bd5f2f2d1' + 'e050c63263f756bfd66b0f6788eb8aaf',
    ],
  },
  {
    kind: 'aws-presigned',
    carrier: 'url-query',
    text:
      'https://b.s3.amazonaws.com/old.zip?AWSAccessKeyId=AKIA' +
      'LJ62MF3DE7D7MQZY&Expires=1700000000&Signature=' +
      'b6dAlmMfKUJFt8f' +
      'RonrKDBDVoSc%3D',
    secret: ['b6dAlmMfKUJFt' + '8fRonrKDBDVoSc'],
  },
  {
    kind: 'cloudfront',
    carrier: 'url-query',
    text:
      'https://d111.cloudfront.net/v.mp4?Expires=1700000000&Signature=' +
      'z71GD_Eix5dBG8tHRAUzMcVG-XrBX0aOj2Ed0Iex4ifl3BM5dDQAF90pFU-IA' +
      'VrYj5ly8vU_ka2d-s5xC9VIodyj2XgRUrrBEaCCAiA2mxW4bD_UaMw3Kxvf__&Key-Pair-Id=K2JCJMDEHXQW5F',
    secret: [
      'z71GD',
      'Eix5dBG8t' + 'HRAUzMcVG',
      'XrBX0aOj2Ed0Iex4' + 'ifl3BM5dDQAF90pFU',
      'IAVrYj5ly8vU',
      'ka2d',
      's5xC9VIodyj2XgRU' + 'rrBEaCCAiA2mxW4bD',
      'UaMw3Kxvf',
    ],
  },
  {
    kind: 'azure-sas',
    carrier: 'url-query',
    text:
      'https://acct.blob.core.windows.net/c/f.txt?sv=2022-11-02&ss=b&srt=o&sp=r&se=2024-05-01T00%3A00%3A00Z&sig=' +
      'nLw4DmLUgzvBabUl8hfuD2L' +
      'Iyl5eBOOm3n9s94E5eOZ%3D',
    secret: ['nLw4DmLUgzvBabUl8hfuD' + '2LIyl5eBOOm3n9s94E5eOZ'],
  },
  {
    kind: 'azure-sas',
    carrier: 'url-query',
    text:
      'PUT https://q.queue.core.windows.net/jobs/messages?sp=a&st=2024-01-01&spr=https&sv=2021-06-08&sr=q&sig=' +
      'aNLTo%2FlntRWi2ENIaYBDCuqq' +
      'EhIbAW0CFiaCZV%2B%2BT4x%3D 403',
    secret: ['aNLTo', 'lntRWi2ENIaYBDCu' + 'qqEhIbAW0CFiaCZV'],
  },
  {
    kind: 'gcs-signed',
    carrier: 'url-query',
    text:
      'https://storage.googleapis.com/bkt/o?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Date=20240101T000000Z&X-Goog-Signature=' +
      '6f4911f5eb9e9a3af90f518b57d5e5535f31793f7afd8021af25f1f4f7bed305' +
      'aae932c3a6e2ec9177291f8a1b03c4138ca48427bcdab06318e2044a1429b93d',
    secret: [
      '6f4911f5eb9e9a3af90f518b57d5e5535f31793f7afd8021af25f1f4f7bed305' +
        'aae932c3a6e2ec9177291f8a1b03c4138ca48427bcdab06318e2044a1429b93d',
    ],
  },
  {
    kind: 'gcs-signed',
    carrier: 'url-query',
    text:
      'https://storage.googleapis.com/b/o.csv?GoogleAccessId=svc%40p.iam.gserviceaccount.com&Expires=1700000000&Signature=' +
      '5ioaqws%2Bi6L%2FwlImw5ehhZAR4Ku6IcBZDLMS0lD07esz' +
      'FKMjv9JrDjTTpAUtPsdmJcFz0RiFfMdLhgh2Pp9NNzUe%2FC',
    secret: ['5ioaqws', 'wlImw5ehhZAR4Ku6IcBZDLMS0lD07eszFKMjv9' + 'JrDjTTpAUtPsdmJcFz0RiFfMdLhgh2Pp9NNzUe'],
  },
  {
    kind: 'teams-webhook',
    carrier: 'url-query',
    text:
      'https://prod-12.westeurope.logic.azure.com:443/workflows/fa34e07e7a992e5d96fcee7f159aa94c/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers&sv=1.0&sig=' +
      'tK3NbjuAKZ0Ch7ztftloa' +
      'JPj32Askqa-m4MQU8ataqX',
    secret: ['tK3NbjuAKZ0Ch7z' + 'tftloaJPj32Askqa', 'm4MQU8ataqX'],
  },
  {
    kind: 'azure-function',
    carrier: 'url-query',
    text:
      'POST https://fn.azurewebsites.net/api/hook?code=' +
      'qI0nWQg0KATrM8m1kGMfTpM6zGF4are' +
      '%2Bzk0zESRJjWEx0PZSZggAup%3D%3D 500',
    secret: ['qI0nWQg0KATrM8m' + '1kGMfTpM6zGF4are', 'zk0zESRJjWE' + 'x0PZSZggAup'],
  },
  {
    kind: 'totp-secret',
    carrier: 'url-query',
    text:
      'otpauth://totp/Bulwark:ann@example.com?secret=' +
      'R6GLSLILMYFZEFED' +
      'POQIJEXI6URCR235&issuer=Bulwark&digits=6',
    secret: ['R6GLSLILMYFZEFED' + 'POQIJEXI6URCR235'],
  },
  {
    kind: 'totp-secret',
    carrier: 'url-query',
    text: 'qr generated for otpauth://hotp/ACME:bo?secret=' + 'MQHD7N6K' + 'QSC3UBAU&counter=4',
    secret: ['MQHD7N6K' + 'QSC3UBAU'],
  },
  {
    kind: 'totp-secret',
    carrier: 'url-query',
    text:
      'https://chart.example.com/qr?data=otpauth%3A%2F%2Ftotp%2Fx%3Fsecret%3D' +
      'CQ5PGEQA52IFYPHJ' +
      'XEUG5XDG57KRQM63%26issuer%3Dx',
    secret: ['CQ5PGEQA52IFYPHJ' + 'XEUG5XDG57KRQM63'],
  },
  {
    kind: 'saml',
    carrier: 'url-query',
    text:
      'GET /sso?SAMLRequest=fZJNT8JAEIbv' +
      'OXJdC%2BXNsEumt%2FVxYyP%2BS9a5jt1qQdD18Yq8GxsaamJHgPv' +
      'vNWRa5a8BQSdPnUR91MkOjkyklTp72ojOZXz9RLcUlWotvLIBoYeS&RelayState=abc',
    secret: [
      'OXJdC',
      'XNsEumt',
      'VxYyP',
      'S9a5jt1qQdD18Yq8GxsaamJHgPvvNWRa5a8BQSdP' + 'nUR91MkOjkyklTp72ojOZXz9RLcUlWotvLIBoYeS',
    ],
  },
  {
    kind: 'card',
    carrier: 'url-query',
    text: 'GET /pay?pan=' + '22233178' + '19200788&amt=10 400',
    secret: ['22233178' + '19200788', '781920'],
  },
  {
    kind: 'facebook-secret',
    carrier: 'url-query',
    text:
      'https://graph.facebook.com/oauth/access_token?client_id=1029384756&client_secret=' +
      'd0ea3469aa7f716b' +
      '1487a41e38beb95c&grant_type=client_credentials',
    secret: ['d0ea3469aa7f716b' + '1487a41e38beb95c'],
  },
  {
    kind: 'pagination-token',
    carrier: 'url-query',
    text: 'GET /unsubscribe?u=812&unsubscribe_token=' + 'b1d2e6138edd7e04' + '44a8b04515657997 200',
    secret: ['b1d2e6138edd7e04' + '44a8b04515657997'],
  },
  {
    kind: 'email-verify',
    carrier: 'url-query',
    text: 'https://example.com/verify-email?id=71&verification_token=' + 'STw42fUx7oCq' + 'SThj3OOuQghd',
    secret: ['STw42fUx7oCq' + 'SThj3OOuQghd'],
  },
  {
    kind: 'signed-url',
    carrier: 'url-query',
    text:
      'https://cdn.example.com/a.jpg?hdnts=exp=1700000000~acl=/*~hmac=' +
      '6f55f31537d424d97d225fdebaca0416' +
      '4208a6ab8f2cfabe4e9530da643567a1',
    secret: ['6f55f31537d424d97d225fdebaca0416' + '4208a6ab8f2cfabe4e9530da643567a1'],
  },
  {
    kind: 'signed-url',
    carrier: 'url-query',
    text:
      'https://img.example.com/x.png?expires=1700000000&signature=' +
      'dd26d10ac04e9b4a4379' +
      'b38de66d118d6f44aa07',
    secret: ['dd26d10ac04e9b4a4379' + 'b38de66d118d6f44aa07'],
  },
  {
    kind: 'csrf-token',
    carrier: 'url-query',
    text: 'GET /logout?csrf_token=' + 'Yhm6grPkxux1UTJlQNox3' + 'nTotptnLeeA22B73cWPSfw 302',
    secret: ['Yhm6grPkxux1UTJlQNox3' + 'nTotptnLeeA22B73cWPSfw'],
  },
  {
    kind: 'magic-link',
    carrier: 'url-path',
    text: 'GET /reset-password/' + '3ccd589da3335d3f8744' + 'e6aa4662f0f14330dcc4 200 8ms',
    secret: ['3ccd589da3335d3f8744' + 'e6aa4662f0f14330dcc4'],
  },
  {
    kind: 'reset-token',
    carrier: 'url-path',
    text: 'https://shop.example.com/accounts/reset/MTI/c5q-' + 'c195d178694d9d0b' + '275b82087816832e/',
    secret: ['c195d178694d9d0b' + '275b82087816832e'],
  },
  {
    kind: 'telegram-token',
    carrier: 'url-path',
    text:
      'POST https://api.telegram.org/bot2618489357:AA' +
      'chDwGPjsl6ST_YrP' +
      '0rRYX1ao_7ngbHNyE/sendMessage 429',
    secret: ['chDwGPjsl6ST', 'YrP0rRYX1ao', '7ngbHNyE'],
  },
  {
    kind: 'slack-webhook',
    carrier: 'url-path',
    text:
      'POST https://hooks.slack.com/services/T0W9P785RK/B0HXADL4X3M/' +
      '0XUnO8OFaPTB' +
      'srBAHVbPsQUx 404 no_team',
    secret: ['0XUnO8OFaPTB' + 'srBAHVbPsQUx'],
  },
  {
    kind: 'slack-webhook',
    carrier: 'url-path',
    text:
      'alert sink hooks.slack.com/workflows/T0WSLLYTZ0/A09YN24OFVW/814931184133176982/' +
      'AQ2VPVKPZt9F' +
      '4bhx5pjrbO0K timed out',
    secret: ['AQ2VPVKPZt9F' + '4bhx5pjrbO0K'],
  },
  {
    kind: 'discord-webhook',
    carrier: 'url-path',
    text:
      'https://discord.com/api/webhooks/335457380469294481/' +
      '2_sXsTOJReNjbFvDsai1rtp3Pg0DNEFetP' +
      'ZWYSgGnC9-Ekus64mA3JCut-L76cwxvNpc -> 401',
    secret: ['sXsTOJReNjbFvDsai1rt' + 'p3Pg0DNEFetPZWYSgGnC9', 'Ekus64mA3JCut', 'L76cwxvNpc'],
  },
  {
    kind: 'discord-webhook',
    carrier: 'url-path',
    text:
      'PATCH https://discordapp.com/api/v10/webhooks/6901370469949624766/' +
      'qlcQfXDSwTBTCytra09Xg-Sysv5hL5C74t' +
      'P0ougC2to6oyXxHfNd4iJUy_6_8QZoeias/messages/@original',
    secret: ['qlcQfXDSwT' + 'BTCytra09Xg', 'Sysv5hL5C74tP0oug' + 'C2to6oyXxHfNd4iJUy', '8QZoeias'],
  },
  {
    kind: 'teams-webhook',
    carrier: 'url-path',
    text:
      'https://acme.webhook.office.com/webhookb2/5c9ea755-d5d4-4f40-a006-134f3e7b6c00@340701b9-dd63-4ffb-91b7-a636f53c9ab3/IncomingWebhook/' +
      '4acd768457a5d629' +
      'a8be8b1288baf717/0dc6723b-9dce-410c-a2b4-f3ba4c2c1779',
    secret: ['4acd768457a5d629' + 'a8be8b1288baf717'],
  },
  {
    kind: 'invite-token',
    carrier: 'url-path',
    text: 'GET /invitations/accept/' + 'v5zoOkUd2G4ZUz4W' + '6eYKaoolskFDjGk2 410',
    secret: ['v5zoOkUd2G4ZUz4W' + '6eYKaoolskFDjGk2'],
  },
  {
    kind: 'google-chat',
    carrier: 'url-query',
    text:
      'https://chat.googleapis.com/v1/spaces/AAAAx1/messages?key=AIza' +
      'UzOdR9Kppwip6hIoW' +
      'DqLqDMKeMGG6eV6qTE&token=' +
      'iHesFMSwzDvTSx_XSktEs' +
      'rtT3L80-xAwZlMmiCFPCUJ',
    secret: ['UzOdR9Kppwip6hIoW' + 'DqLqDMKeMGG6eV6qTE', 'iHesFMSwzDvTSx', 'XSktEsrtT3L80', 'xAwZlMmiCFPCUJ'],
  },
  {
    kind: 'zapier',
    carrier: 'url-path',
    text: 'https://hooks.zapier.com/hooks/catch/8040554/r0656c9/ returned 410 to invoice-sync',
    secret: ['r0656c9'],
  },
  {
    kind: 'private-feed',
    carrier: 'url-path',
    text:
      'GET /calendar/ical/ann%40example.com/private-' + '6b613c8abd45281c' + 'fe6894473388f043/basic.ics 200',
    secret: ['6b613c8abd45281c' + 'fe6894473388f043'],
  },
  {
    kind: 'twilio-token',
    carrier: 'url-userinfo',
    text:
      'https://AC' +
      'd56c02a1f0823f05b645b6d0e03ff7de:' +
      '8e69d772e7fde694' +
      '80f938dc4bd6bdce@api.twilio.com/2010-04-01/Accounts.json',
    secret: ['8e69d772e7fde694' + '80f938dc4bd6bdce'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'connect ECONNREFUSED postgres://app:s3a-Horse@10.0.0.5:5432/app',
    secret: ['Horse'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'DSN postgresql://svc_user:p%40ss%2Fw0rdy@db.internal/app?sslmode=require',
    secret: ['w0rdy'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'mysql://root:t0@ster#Oven@127.0.0.1:3306/shop',
    secret: ['ster', 'Oven'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'mysql2://web:m1:colon:y@db/web?pool=5',
    secret: ['colon'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'mongodb+srv://admin:Mang0Tree99@cluster0.ab1cd.mongodb.net/test?retryWrites=true',
    secret: ['Mang0Tree99'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'MongoNetworkError: failed to connect to mongodb://u1:k1wi$Bird@m1:27017,m2:27017/app?replicaSet=rs0',
    secret: ['k1wi', 'Bird'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'redis://:r3dis-Only-Pass@cache:6379/0 ETIMEDOUT',
    secret: ['r3dis', 'Only'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'rediss://default:' + 'WR0HFw0KPbM1TMAW' + 'v26fEAHAq82u5x78@eu1.upstash.example:6380',
    secret: ['WR0HFw0KPbM1TMAW' + 'v26fEAHAq82u5x78'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'amqp://guest2:qu3ue&Worker@mq.internal:5672/%2Fvhost',
    secret: ['qu3ue', 'Worker'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text:
      'amqps://svc:' +
      'OHs6VxYL5cBfryS7' +
      'HdxT3i15A4cXzUX4@rabbit.example.com/prod closed: 320 CONNECTION_FORCED',
    secret: ['OHs6VxYL5cBfryS7' + 'HdxT3i15A4cXzUX4'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text:
      'smtp://postmaster%40mg.example.com:' + 'e9204436d6b5d37d' + '993b2cff3d47ca54@smtp.mailgun.org:587',
    secret: ['e9204436d6b5d37d' + '993b2cff3d47ca54'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'smtps://mailer:n0-Reply!77@mail.example.com:465?pool=true',
    secret: ['Reply'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'clickhouse://default:cl1ckety-Cl4ck@ch:9000/metrics',
    secret: ['cl1ckety', 'Cl4ck'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'mssql://sa:Str0ng(!)Pass@sql1:1433/master',
    secret: ['Str0ng'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'sqlalchemy.exc.OperationalError: postgresql+psycopg2://app:v10let-Sun@db/app',
    secret: ['v10let'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'ldap://cn=admin,dc=x:ld4p-Bind-Me@ldap.internal:389',
    secret: ['ld4p', 'Bind'],
  },
  {
    kind: 'database-url',
    carrier: 'url-userinfo',
    text: 'cassandra://casd:c0lumn-Family@ring1/ks, nats://n4ts-T0ken-xyz@nats:4222',
    secret: ['c0lumn', 'Family', 'n4ts', 'T0ken'],
  },
  {
    kind: 'ftp-url',
    carrier: 'url-userinfo',
    text: 'ftp://upload:f1le-Dr0p@ftp.example.com/incoming/a.csv 530',
    secret: ['f1le', 'Dr0p'],
  },
  {
    kind: 'git-url',
    carrier: 'url-userinfo',
    text:
      "fatal: unable to access 'https://x-access-token:ghs_" +
      'fvv554PFNuUrFRwlxa' +
      "BRN7uQuUnApLMoI8pP@github.com/acme/app.git/'",
    secret: ['fvv554PFNuUrFRwlxa' + 'BRN7uQuUnApLMoI8pP'],
  },
  {
    kind: 'git-url',
    carrier: 'url-userinfo',
    text: 'Cloning https://oauth2:glpat-' + 'tc6IOow8qE' + 'keFT8z3Rk5@gitlab.com/acme/app.git',
    secret: ['tc6IOow8qE' + 'keFT8z3Rk5'],
  },
  {
    kind: 'git-url',
    carrier: 'url-userinfo',
    text: 'remote: https://ghp_' + 'X1YGqgY7TU3ZW6N3An' + 'tFawKOnrn6Z9dNDGB0@github.com/acme/lib.git (push)',
    secret: ['X1YGqgY7TU3ZW6N3An' + 'tFawKOnrn6Z9dNDGB0'],
  },
  {
    kind: 'git-url',
    carrier: 'url-userinfo',
    text: "fatal: Authentication failed for 'https://ann:b1tbucket-App@bitbucket.org/acme/x.git'",
    secret: ['b1tbucket'],
  },
  {
    kind: 'proxy-url',
    carrier: 'url-userinfo',
    text: 'HTTPS_PROXY=http://corp%5Cann:pr0xy-Cr0c@proxy.corp:3128',
    secret: ['pr0xy', 'Cr0c'],
  },
  {
    kind: 'proxy-url',
    carrier: 'url-userinfo',
    text: 'tunnel via socks5://anon:s0cks-And-Shoes@127.0.0.1:9050 refused',
    secret: ['s0cks', 'Shoes'],
  },
  {
    kind: 'userinfo',
    carrier: 'url-userinfo',
    text: 'fetch failed: https://admin:l4yered-Cake@admin.example.com/health',
    secret: ['l4yered', 'Cake'],
  },
  {
    kind: 'userinfo',
    carrier: 'url-userinfo',
    text: 'Invalid URL: https://ann:we[ird]p4th@host:port/',
    secret: ['p4th'],
  },
  {
    kind: 'userinfo',
    carrier: 'url-userinfo',
    text: 'GET http://monitor:p4ss/with/slash@metrics.local/ 400',
    secret: ['p4ss', 'slash'],
  },
  {
    kind: 'sentry-dsn',
    carrier: 'url-userinfo',
    text:
      'SENTRY_DSN=https://' +
      '5a711ac2c2879538' +
      '3357bdbdc6f5d7de:' +
      'c77925683a9a64ac' +
      '4383107df9252ab6@o12345.ingest.sentry.io/67890',
    secret: ['5a711ac2c2879538' + '3357bdbdc6f5d7de', 'c77925683a9a64ac' + '4383107df9252ab6'],
  },
  {
    kind: 'sentry-dsn',
    carrier: 'url-userinfo',
    text:
      'Sentry init https://' +
      '5fd8730f636afed3' +
      '13d987b209c24b91@o447951.ingest.us.sentry.io/5429215 env=prod',
    secret: ['5fd8730f636afed3' + '13d987b209c24b91'],
  },
  {
    kind: 'stripe-key',
    carrier: 'url-userinfo',
    text: 'curl https://sk_live_' + 'pDEiyqocgfHv' + 'sJ6RvcO9vXlS:@api.stripe.com/v1/charges',
    secret: ['pDEiyqocgfHv' + 'sJ6RvcO9vXlS'],
  },
  {
    kind: 'pypi-url',
    carrier: 'url-userinfo',
    text:
      'Looking in indexes: https://__token__:pypi-AgEIcHlwaS5vcmc' +
      'GKzOD4cYF3V8Nb6ribf7JXFRvciuyLX3' +
      'hPqJKWLg1uervaT5WShSClacHpP4TWi4@pypi.example.com/simple',
    secret: ['GKzOD4cYF3V8Nb6ribf7JXFRvciuyLX3' + 'hPqJKWLg1uervaT5WShSClacHpP4TWi4'],
  },
  {
    kind: 'basic-auth',
    carrier: 'http-header',
    text: 'Authorization: Basic ' + 'YW5uOmgwbH' + 'lHcmFpbA==',
    secret: ['YW5uOmgwb' + 'HlHcmFpbA'],
  },
  {
    kind: 'basic-auth',
    carrier: 'http-header',
    text: 'authorization: basic ' + 'QWxhZGRpbjpvcGVu' + 'IHNlc2FtZSA5OQ==',
    secret: ['QWxhZGRpbjpvcGV' + 'uIHNlc2FtZSA5OQ'],
  },
  {
    kind: 'basic-auth',
    carrier: 'http-header',
    text: '> Proxy-Authorization: Basic ' + 'cHJveHk6dD' + 'FuRm9pbA==',
    secret: ['cHJveHk6d' + 'DFuRm9pbA'],
  },
  {
    kind: 'digest-auth',
    carrier: 'http-header',
    text:
      'Authorization: Digest username="ann", realm="app", nonce="648affa3ac34e949e1ceb21ce21f9aad", uri="/", response="' +
      'ac4a4594ceeebe36' +
      '2817f3c3e0a2c579", opaque="afa463f390e577e5"',
    secret: ['ac4a4594ceeebe36' + '2817f3c3e0a2c579'],
  },
  {
    kind: 'digest-auth',
    carrier: 'http-header',
    text:
      'Authorization: Digest username=bo,realm=x,qop=auth,nc=00000001,cnonce="0a4f113b",response=' +
      '8f395cbf675a5963' +
      '33b1494b5c38cbd5',
    secret: ['8f395cbf675a5963' + '33b1494b5c38cbd5'],
  },
  {
    kind: 'bearer',
    carrier: 'http-header',
    text: 'Authorization: Bearer ' + '4aK5G9B224D78T9iRfaSv' + 'tW77RZ2Fn-7nEFq66F9Ds7',
    secret: ['4aK5G9B224D78T9' + 'iRfaSvtW77RZ2Fn', '7nEFq66F9Ds7'],
  },
  {
    kind: 'bearer',
    carrier: 'http-header',
    text:
      'GET /me HTTP/1.1\r\nHost: api.example.com\r\nAuthorization: Bearer eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImQ5ODI1MTg2In0.' +
      'eyJzdWIiOiI0NTU5NiIsIm5hbWUiOiJqb25hcyIsImV4cCI6MTcwMTIyMjMxMn0.S__8tuX9lyAfUBxklVCQM-ji7GPg90ua' +
      'Lf3bSk_ckFvq6o89g4VZPMFanIR5HVJRDMPeGLkALblXtkPWaQyD8DkDFksGCBVpNPY3c0PehAIW8bXzewujwcT6Otkzpr8t\r\nAccept: */*',
    secret: [
      'eyJzdWIiOiI0NTU5NiIsIm5hbWUiOiJ' + 'qb25hcyIsImV4cCI6MTcwMTIyMjMxMn0',
      '8tuX9lyAf' + 'UBxklVCQM',
      'ji7GPg90' + 'uaLf3bSk',
      'ckFvq6o89g4VZPMFanIR5HVJRDMPeGLkALblXtkPWaQy' + 'D8DkDFksGCBVpNPY3c0PehAIW8bXzewujwcT6Otkzpr8t',
    ],
  },
  {
    kind: 'bearer',
    carrier: 'http-header',
    text: 'authorization:bearer ' + 'MmfdT47XwocF581fkFA3' + 'iaCwrW6kPomUcQ9cnN21',
    secret: ['MmfdT47XwocF581fkFA3' + 'iaCwrW6kPomUcQ9cnN21'],
  },
  {
    kind: 'bearer',
    carrier: 'http-header',
    text: '401 for Authorization: Bearer   mF_9.B5f-4.1JqM' + 'E0APIvksRr',
    secret: ['E0APIvksRr'],
  },
  {
    kind: 'aws-sigv4',
    carrier: 'http-header',
    text:
      'Authorization: AWS4-HMAC-SHA256 Credential=AKIA' +
      'NZH6T2YZNSUQLE46/20240101/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=' +
      'b0634b03efba47c0789e391b290afba0' +
      '8086a3961b782b121f80e72a08d756b3',
    secret: ['b0634b03efba47c0789e391b290afba0' + '8086a3961b782b121f80e72a08d756b3'],
  },
  {
    kind: 'aws-sigv4',
    carrier: 'http-header',
    text: 'authorization: AWS AKIA' + 'MD3M6BWKUHWZ4YPN:' + '9zp2JEFpaw/dL5' + 'p5J06iRKIRGHl=',
    secret: ['9zp2JEFpaw', 'dL5p5J06' + 'iRKIRGHl'],
  },
  {
    kind: 'aws-session',
    carrier: 'http-header',
    text:
      'x-amz-security-token: IQoJb3JpZ2luX2Vj' +
      'gIPpWyacc3mNFFyiRK4oknxKx13IqacmRxCQC3hJIlf8IX+gWP0jFI/jaSnR' +
      '9hwHCi5gQ3JbqKpAaUemVLGUvrwIg2oXtzXowHnStliQAaAb1jtNIOVM3WAV',
    secret: [
      'gIPpWyacc3mNFFyiRK4oknx' + 'Kx13IqacmRxCQC3hJIlf8IX',
      'gWP0jFI',
      'jaSnR9hwHCi5gQ3JbqKpAaUemVLGUvrw' + 'Ig2oXtzXowHnStliQAaAb1jtNIOVM3WAV',
    ],
  },
  {
    kind: 'hawk',
    carrier: 'http-header',
    text:
      'Authorization: Hawk id="dh37fgj492je", ts="1353832234", nonce="j4h3g2", mac="' +
      'Y6FBpubKLFB5cwkI0xO3Rh' +
      'BI3gmKPKPB2yLDpqqF6k7="',
    secret: ['Y6FBpubKLFB5cwkI0xO3R' + 'hBI3gmKPKPB2yLDpqqF6k7'],
  },
  {
    kind: 'negotiate',
    carrier: 'http-header',
    text:
      'Authorization: Negotiate YIIJvwYGKwYBBQUCoII' +
      'gqW2h+RhKRiAh0grAbIZug4mD3mLOhVzW5Q0d7EfyQGWHDDU1R' +
      'Gd1kVHO/gCO+imKUuz6Sazcxs6o982I9SMP5H14MadC7B/Ad6Y',
    secret: [
      'gqW2h',
      'RhKRiAh0grAbIZug4mD3mLOhV' + 'zW5Q0d7EfyQGWHDDU1RGd1kVHO',
      'imKUuz6Sazcxs6o9' + '82I9SMP5H14MadC7B',
      'Ad6Y',
    ],
  },
  {
    kind: 'ntlm',
    carrier: 'http-header',
    text:
      'Authorization: NTLM TlRMTVNTUAADAAAAGAAYAH' +
      'GKfUKOz9NOg77jWBM8N/pn6FyVmUEyk7nWHvj3VlxM2Md' +
      'HMyivOmwdfsUVzWUcHGxAIvRenJaKpzX9za+weQvUeykR',
    secret: [
      'GKfUKOz9N' + 'Og77jWBM8N',
      'pn6FyVmUEyk7nWHvj3VlxM2MdHMyiv' + 'OmwdfsUVzWUcHGxAIvRenJaKpzX9za',
      'weQvUeykR',
    ],
  },
  {
    kind: 'oauth1',
    carrier: 'http-header',
    text:
      'Authorization: OAuth oauth_consumer_key="xvz1evFS4wEEPTGEFPHBog", oauth_token="' +
      '81201094-3H6tWZDUikhIgpR' +
      'n5rZvnj3qkzM8FyaTLq0yNj1o", oauth_signature="' +
      'wB9qjln%2BcQGomK' +
      '9uiA5fdfzqw6v%3D"',
    secret: [
      '81201094',
      '3H6tWZDUikhIgpRn5rZv' + 'nj3qkzM8FyaTLq0yNj1o',
      'wB9qjln',
      'cQGomK9ui' + 'A5fdfzqw6v',
    ],
  },
  {
    kind: 'azure-shared-key',
    carrier: 'http-header',
    text: 'Authorization: SharedKey acct:' + 'y526UtUmaNZknTKpV3ixue' + 'DJX9Wvn89tbupHU95mYXk=',
    secret: ['y526UtUmaNZknTKpV3ixu' + 'eDJX9Wvn89tbupHU95mYXk'],
  },
  {
    kind: 'azure-sb-token',
    carrier: 'http-header',
    text:
      'Authorization: SharedAccessSignature sr=sb%3A%2F%2Fns.servicebus.windows.net&sig=' +
      'AJ0qV4qQL5BEnyj7ytF3uOY' +
      'DLwDR7bKDYLguwbublUC%3D&se=1700000000&skn=Root',
    secret: ['AJ0qV4qQL5BEnyj7ytF3u' + 'OYDLwDR7bKDYLguwbublUC'],
  },
  {
    kind: 'github-token',
    carrier: 'http-header',
    text: 'Authorization: token gho_' + 'NCaxlI9ztVswcKhzMu' + 'XoQmPzvYgUKNBvL7C7',
    secret: ['NCaxlI9ztVswcKhzMu' + 'XoQmPzvYgUKNBvL7C7'],
  },
  {
    kind: 'okta-token',
    carrier: 'http-header',
    text: 'Authorization: SSWS 00' + 'f39Ih59NZfvr1CAhSDnv' + 'j0ZBcjee8K7Y3tjgBHuw',
    secret: ['f39Ih59NZfvr1CAhSDnv' + 'j0ZBcjee8K7Y3tjgBHuw'],
  },
  {
    kind: 'api-key',
    carrier: 'http-header',
    text: 'X-Api-Key: ' + 'k5wG8ngUxKvt0cXUTnhM' + 'tmnr5tmfF96rNbyFdPAi',
    secret: ['k5wG8ngUxKvt0cXUTnhM' + 'tmnr5tmfF96rNbyFdPAi'],
  },
  {
    kind: 'api-key',
    carrier: 'http-header',
    text: 'x-functions-key: ' + 'wtYd1huGoruQeuImnRjyqOPtPoLG' + 'RVDCxcLZoVZbrZDdMLdoCEEVPG==',
    secret: ['wtYd1huGoruQeuImnRjyqOPtPoL' + 'GRVDCxcLZoVZbrZDdMLdoCEEVPG'],
  },
  {
    kind: 'api-key',
    carrier: 'http-header',
    text: 'Ocp-Apim-Subscription-Key: ' + 'e14c0389d1b7ce4c' + '65e3de3f3da14cc0',
    secret: ['e14c0389d1b7ce4c' + '65e3de3f3da14cc0'],
  },
  {
    kind: 'api-key',
    carrier: 'http-header',
    text: 'apikey: ' + 'sjccdtjdqx2mpl2y' + '0kkdjoq8ghjlbj0q',
    secret: ['sjccdtjdqx2mpl2y' + '0kkdjoq8ghjlbj0q'],
  },
  {
    kind: 'api-key',
    carrier: 'http-header',
    text: 'X-Auth-Token: ' + '97f40e103b9c5682' + 'aa445c419a8e2a31',
    secret: ['97f40e103b9c5682' + 'aa445c419a8e2a31'],
  },
  {
    kind: 'fcm-key',
    carrier: 'http-header',
    text:
      'Authorization: key=AAAA' +
      'enb7r49:APA91bNDSiKGkgxH_RQVVAIQZrS7GBxmZNe0hud0bp3dqgH7cEAjOPELtt2sqQWhXq' +
      'LF2ArHQo-GLCh9jiyHVA8UO4eyfeVbGOllhbH8A59CaOYqNep01J3Uy7vFkaPSymfFUHk9bNVd',
    secret: [
      'enb7r49',
      'APA91bND' + 'SiKGkgxH',
      'RQVVAIQZrS7GBxmZNe0hud0bp3dq' + 'gH7cEAjOPELtt2sqQWhXqLF2ArHQo',
      'GLCh9jiyHVA8UO4eyfeVbGOllhbH8A59' + 'CaOYqNep01J3Uy7vFkaPSymfFUHk9bNVd',
    ],
  },
  {
    kind: 'vault-token',
    carrier: 'http-header',
    text:
      'X-Vault-Token: hvs.' +
      'CAESIQch2J9mrnC-Z--6H07dHmbYuOGxGjlwWcdTFNGPO1' +
      'OyaGqPxUSjGyvvOXQwSORTaWP169Dw5XmNCu0IYZ64b5b0G',
    secret: [
      'CAESIQch2J9mrnC',
      '6H07dHmbYuOGxGjlwWcdTFNGPO1OyaGqPxUSj' + 'GyvvOXQwSORTaWP169Dw5XmNCu0IYZ64b5b0G',
    ],
  },
  {
    kind: 'gitlab-token',
    carrier: 'http-header',
    text: 'PRIVATE-TOKEN: glpat-' + 'QM9v1h5IH-' + 'DJ_Xmt7yVP',
    secret: ['QM9v1h5IH', 'Xmt7yVP'],
  },
  {
    kind: 'shopify-token',
    carrier: 'http-header',
    text: 'X-Shopify-Access-Token: shpat_' + 'd0bae37ef992b4a1' + '2e87fb94b236b1a6',
    secret: ['d0bae37ef992b4a1' + '2e87fb94b236b1a6'],
  },
  {
    kind: 'datadog-key',
    carrier: 'http-header',
    text:
      'DD-API-KEY: ' +
      '6c7868f4b893a370' +
      '5f4417795f3508ae\nDD-APPLICATION-KEY: ' +
      '5c6873e5f1f06926d2c7' +
      'ea36776b5c5805f84a75',
    secret: ['6c7868f4b893a370' + '5f4417795f3508ae', '5c6873e5f1f06926d2c7' + 'ea36776b5c5805f84a75'],
  },
  {
    kind: 'new-relic-key',
    carrier: 'http-header',
    text: 'Api-Key: NRAK-' + 'OO6Q4FCUUSCXJ' + 'ELZI55QJ6089Q3',
    secret: ['OO6Q4FCUUSCXJ' + 'ELZI55QJ6089Q3'],
  },
  {
    kind: 'cloudflare-token',
    carrier: 'http-header',
    text: 'X-Auth-Email: ops@example.com\nX-Auth-Key: ' + '40ab92c8dd75d76b0f' + 'abb4470005d7ab09aec',
    secret: ['40ab92c8dd75d76b0f' + 'abb4470005d7ab09aec'],
  },
  {
    kind: 'postmark',
    carrier: 'http-header',
    text: 'X-Postmark-Server-Token: ' + '7c604cdd-4249-48a4' + '-aaf3-0abfc70ff50c',
    secret: ['7c604cdd', '4249', '48a4', 'aaf3', '0abfc70ff50c'],
  },
  {
    kind: 'webhook-signature',
    carrier: 'http-header',
    text:
      'X-Hub-Signature-256: sha256=' +
      '8853300daf5145995c4b329a14e52f2d' +
      '0cf4449614b304a1c1c5d8c1e0bdbcfe',
    secret: ['8853300daf5145995c4b329a14e52f2d' + '0cf4449614b304a1c1c5d8c1e0bdbcfe'],
  },
  {
    kind: 'csrf-token',
    carrier: 'http-header',
    text:
      'X-CSRF-Token: ' +
      'atGsQM4bDSEpq6ur14OBHBpoe2Oakh5wfMa15MniP2Zr' +
      'e6boUeZD2vMYVC19pvpb4PQPbJqiEABzBlTiPb8esZ==',
    secret: ['atGsQM4bDSEpq6ur14OBHBpoe2Oakh5wfMa15MniP2Z' + 're6boUeZD2vMYVC19pvpb4PQPbJqiEABzBlTiPb8esZ'],
  },
  {
    kind: 'anthropic-key',
    carrier: 'http-header',
    text:
      'x-api-key: sk-ant-api03-' +
      'YGZ6V0UNXfN9GkgJNdQsYihmDRkRQ2U698jFbEscNSxPeId' +
      'OQhhGZ4Km2faJbBCyDyS8f2FaB_cC4x84pgezmQRp6tWgnAA',
    secret: [
      'YGZ6V0UNXfN9GkgJNdQsYihmDRkRQ2U698jF' + 'bEscNSxPeIdOQhhGZ4Km2faJbBCyDyS8f2FaB',
      'cC4x84pgez' + 'mQRp6tWgnAA',
    ],
  },
  {
    kind: 'pagerduty',
    carrier: 'http-header',
    text: 'Authorization: Token token=' + '1RPR1yAGGJ' + 'KlZReYZtg7',
    secret: ['1RPR1yAGGJ' + 'KlZReYZtg7'],
  },
  {
    kind: 'algolia-key',
    carrier: 'http-header',
    text: 'X-Algolia-Application-Id: YourApp1\nX-Algolia-API-Key: ' + '814fbf2e2b380c0b' + '279490ac78858db4',
    secret: ['814fbf2e2b380c0b' + '279490ac78858db4'],
  },
  {
    kind: 'google-iap',
    carrier: 'http-header',
    text:
      'X-Goog-Iap-Jwt-Assertion: eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjFjMDlkNmY4In0.' +
      'eyJzdWIiOiI4OTM4NiIsIm5hbWUiOiJhbm4iLCJleHAiOjE3MDM4MzgwMDd9.YbtLhrXnEr7Y' +
      'OGJTOExFH6iRLQDHenMUJUIDExwe4lrBhqDzMAIQN8YgcinezBxZHLroBZmOyW6nZ4MZxWAOjg',
    secret: [
      'eyJzdWIiOiI4OTM4NiIsIm5hbWUiOi' + 'Jhbm4iLCJleHAiOjE3MDM4MzgwMDd9',
      'YbtLhrXnEr7YOGJTOExFH6iRLQDHenMUJUIDExwe4lr' + 'BhqDzMAIQN8YgcinezBxZHLroBZmOyW6nZ4MZxWAOjg',
    ],
  },
  {
    kind: 'cf-access',
    carrier: 'http-header',
    text:
      'CF-Access-Client-Id: 4d1c7c224cc21c6b3227e650c964937d.access\nCF-Access-Client-Secret: ' +
      '210b86c8a05ef8452c4dae6873cc19bc' +
      '587379274031fc0bc6ad8e96ccae3c61',
    secret: ['210b86c8a05ef8452c4dae6873cc19bc' + '587379274031fc0bc6ad8e96ccae3c61'],
  },
  {
    kind: 'ws-protocol',
    carrier: 'http-header',
    text:
      'Sec-WebSocket-Protocol: graphql-ws, bearer.eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.' +
      'eyJzdWIiOiI3MTY0NyIsIm5hbWUiOiJqb25hcyIsImV4cCI6MTcwN' +
      'zY0NDIxMX0.4bv6e0LKPWS7RthtkO6Nu09UKxhXqk2GZPnRGrvptwQ',
    secret: [
      'eyJzdWIiOiI3MTY0NyIsIm5hbWUiOiJ' + 'qb25hcyIsImV4cCI6MTcwNzY0NDIxMX0',
      '4bv6e0LKPWS7RthtkO6Nu' + '09UKxhXqk2GZPnRGrvptwQ',
    ],
  },
  {
    kind: 'api-key',
    carrier: 'header-array',
    text: 'headers: [["X-Api-Key","' + 'xCaIovajVYXP97wy' + 'dWpV2WbRyE0jWZmc"],["Accept","*/*"]]',
    secret: ['xCaIovajVYXP97wy' + 'dWpV2WbRyE0jWZmc'],
  },
  {
    kind: 'api-key',
    carrier: 'header-array',
    text: '["X-Api-Key","' + 'c5527af6ff9f7821' + '9ab26b1184ca89e3"]',
    secret: ['c5527af6ff9f7821' + '9ab26b1184ca89e3'],
  },
  {
    kind: 'bearer',
    carrier: 'header-array',
    text:
      '[["authorization","Bearer ' +
      '4izoCj9aU5juszSzIiSbtHec' +
      'Hz_rrKJG78FksS2lKsWrIZQU"],["host","api.example.com"]]',
    secret: ['4izoCj9aU5jus' + 'zSzIiSbtHecHz', 'rrKJG78Fks' + 'S2lKsWrIZQU'],
  },
  {
    kind: 'bearer',
    carrier: 'header-array',
    text:
      "Headers { 'content-type' => 'application/json', 'authorization' => 'Bearer " +
      'vkSvbS7U25jEAa1hV90f' +
      "i5Zm1PhB7V1kkkbfVYXu' }",
    secret: ['vkSvbS7U25jEAa1hV90f' + 'i5Zm1PhB7V1kkkbfVYXu'],
  },
  {
    kind: 'bearer',
    carrier: 'header-array',
    text:
      'Map(2) { "accept" => "*/*", "Authorization" => "Bearer ' +
      'EOCHWyBXNyInnZfZBd' +
      'Ae5xcVNkOyJDXIAinL" }',
    secret: ['EOCHWyBXNyInnZfZBd' + 'Ae5xcVNkOyJDXIAinL'],
  },
  {
    kind: 'basic-auth',
    carrier: 'header-array',
    text: "[['Authorization', 'Basic " + 'c3ZjOmIwbH' + "RDdXR0ZXI='], ['Accept', 'text/html']]",
    secret: ['c3ZjOmIwb' + 'HRDdXR0ZXI'],
  },
  {
    kind: 'cookie',
    carrier: 'header-array',
    text: '[["cookie","sid=' + 'e146aa359151fc43' + '27f9e4f53c3f1774; theme=dark"],["dnt","1"]]',
    secret: ['e146aa359151fc43' + '27f9e4f53c3f1774'],
  },
  {
    kind: 'cookie',
    carrier: 'header-array',
    text:
      '[{"name":"Set-Cookie","value":"session=' +
      'bVRMLhxDFjOjMREgLFN2' +
      '0Az13bTIFv1dkjkduhIE; Path=/"},{"name":"Vary","value":"Cookie"}]',
    secret: ['bVRMLhxDFjOjMREgLFN2' + '0Az13bTIFv1dkjkduhIE'],
  },
  {
    kind: 'api-key',
    carrier: 'header-array',
    text:
      '[{"key":"X-Auth-Token","value":"' +
      'u0RA4RA6RwKWzhuA' +
      'JuMI4o3Hdd2mSIMr"},{"key":"Accept","value":"json"}]',
    secret: ['u0RA4RA6RwKWzhuA' + 'JuMI4o3Hdd2mSIMr'],
  },
  {
    kind: 'api-key',
    carrier: 'header-array',
    text:
      "[{name: 'api-key', value: '" +
      'lhPR9KGRfw2SElwp' +
      "cITCOisSFYl582hA'}, {name: 'accept', value: '*/*'}]",
    secret: ['lhPR9KGRfw2SElwp' + 'cITCOisSFYl582hA'],
  },
  {
    kind: 'har',
    carrier: 'header-array',
    text:
      '{"request":{"headers":[{"value":"Bearer ' +
      'MvepkJNe5CLfl8brTQzHkt' +
      'wnqEvFtjsKuLKsT26eR10z","name":"Authorization"}]}}',
    secret: ['MvepkJNe5CLfl8brTQzHkt' + 'wnqEvFtjsKuLKsT26eR10z'],
  },
  {
    kind: 'bearer',
    carrier: 'raw-headers',
    text:
      "rawHeaders: [ 'Host', 'localhost:3000', 'Authorization', 'Bearer " +
      'picTYeTq0kSz6VOKdwleU' +
      "sxAIu8Hc1xHF4oMFYI3uC5', 'Accept', '*/*' ]",
    secret: ['picTYeTq0kSz6VOKdwleU' + 'sxAIu8Hc1xHF4oMFYI3uC5'],
  },
  {
    kind: 'basic-auth',
    carrier: 'raw-headers',
    text:
      'rawHeaders: ["Host","a.example","authorization","Basic ' +
      'YW5uOnN0NH' +
      'JGcnVpdA==","User-Agent","curl/8"]',
    secret: ['YW5uOnN0N' + 'HJGcnVpdA'],
  },
  {
    kind: 'cookie',
    carrier: 'raw-headers',
    text:
      '"rawHeaders":["Cookie","connect.sid=s%3A' +
      'WVciveZK99kxT1hhjSHrL19Bt4YQMozR.n%2FUGk4h' +
      'cFeyuin3%2Fhb9FFRQ%2BcXLW0yite3rNS%2BuSQes","Connection","close"]',
    secret: ['WVciveZK99kxT1hh' + 'jSHrL19Bt4YQMozR', 'UGk4hcFeyuin3', 'hb9FFRQ', 'cXLW0yite3rNS', 'uSQes'],
  },
  {
    kind: 'api-key',
    carrier: 'raw-headers',
    text:
      "[ 'Content-Length', '12', 'X-API-KEY', '" +
      'e77af5e2dc28936c6654' +
      "be7ce8eaf832beef6467', 'Connection', 'keep-alive' ]",
    secret: ['e77af5e2dc28936c6654' + 'be7ce8eaf832beef6467'],
  },
  {
    kind: 'api-key',
    carrier: 'raw-headers',
    text:
      'rawHeaders=[Host, api.local, X-Auth-Token, ' + 'oqASBa7bJI1aD9Eh' + 'cy9DH87cxQ7wfv1x, Accept, */*]',
    secret: ['oqASBa7bJI1aD9Eh' + 'cy9DH87cxQ7wfv1x'],
  },
  {
    kind: 'vault-token',
    carrier: 'raw-headers',
    text: '{"rawHeaders":["X-Vault-Token","s.' + 'p7jjPrcVNGl4' + 'Gz9w9DjSeK30","X-Vault-Request","true"]}',
    secret: ['p7jjPrcVNGl4' + 'Gz9w9DjSeK30'],
  },
  {
    kind: 'cookie',
    carrier: 'raw-headers',
    text:
      "rawHeaders: [ 'Set-Cookie', 'auth=" +
      'mznyv-aeyCXUkY7Wx0kQ' +
      "mGNxojh3ONVVS4-ZpnYl; HttpOnly', 'Date', 'Mon, 01 Jan 2024 00:00:00 GMT' ]",
    secret: ['mznyv', 'aeyCXUkY7Wx0kQ' + 'mGNxojh3ONVVS4', 'ZpnYl'],
  },
  {
    kind: 'bearer',
    carrier: 'js-object',
    text:
      "headers: { host: 'x', authorization: 'Bearer " +
      '6aURkmzKrYYh2eu9TTIR' +
      "OxveeTvvSBP9S0M4JoEh', accept: '*/*' }",
    secret: ['6aURkmzKrYYh2eu9TTIR' + 'OxveeTvvSBP9S0M4JoEh'],
  },
  {
    kind: 'api-key',
    carrier: 'js-object',
    text:
      "{ config: { url: '/v2/x', headers: { 'X-API-Key': '" +
      '8XLBhh0bXLMrAtWFDE' +
      "o7hhNnZtCdhlTDn1MN' }, timeout: 100 } }",
    secret: ['8XLBhh0bXLMrAtWFDE' + 'o7hhNnZtCdhlTDn1MN'],
  },
  {
    kind: 'password',
    carrier: 'js-object',
    text: "{ user: 'ann', password: 'it\\'s-4-Secre7', active: true }",
    secret: ['Secre7'],
  },
  {
    kind: 'password',
    carrier: 'js-object',
    text: "{ user: 'bo', password: `b4ck-Tick-Pw`, id: 3 }",
    secret: ['b4ck', 'Tick'],
  },
  {
    kind: 'password',
    carrier: 'js-object',
    text: "[Object: null prototype] { username: 'eva', password: 'pr0to-Null' }",
    secret: ['pr0to', 'Null'],
  },
  {
    kind: 'password',
    carrier: 'js-object',
    text: "{ ssl: false, user: 'app', password: \"qu0te's-In\", host: 'db' }",
    secret: ['qu0te'],
  },
  {
    kind: 'password',
    carrier: 'js-object',
    text: "ClientOptions { auth: { user: 'mailer', pass: 'smtp#P4ss,w0rd' }, port: 587 }",
    secret: ['smtp', 'P4ss', 'w0rd'],
  },
  {
    kind: 'password',
    carrier: 'js-object',
    text: "PoolConfig {\n  user: 'app',\n  password: 'mult1-Line',\n  max: 10\n}",
    secret: ['mult1', 'Line'],
  },
  {
    kind: 'session',
    carrier: 'js-object',
    text:
      "Session { id: 12, sessionID: '" + '01umzLS-88p7UHqv' + "nUX-KLU4vIvm3nbZ', cookie: { path: '/' } }",
    secret: ['01umzLS', '88p7UHqvnUX', 'KLU4vIvm3nbZ'],
  },
  {
    kind: 'client-secret',
    carrier: 'js-object',
    text:
      "{ clientId: 'web', clientSecret: 'GOCSPX-" +
      'd8onApwn-8WU10' +
      "-_DlWds32FD8VC', scope: [ 'email' ] }",
    secret: ['d8onApwn', '8WU10', 'DlWds32FD8VC'],
  },
  {
    kind: 'buffer',
    carrier: 'js-object',
    text: "{ alg: 'HS256', secretKey: <Buffer " + '9f 3a 1c e7' + ' 55 02 d8 4b> }',
    secret: ['9f 3a 1c e7' + ' 55 02 d8 4b'],
  },
  {
    kind: 'password',
    carrier: 'nested-object',
    text: '{"password":{"value":"d33p-Value","type":"string"}}',
    secret: ['d33p'],
  },
  {
    kind: 'password',
    carrier: 'nested-object',
    text: '{"user":"ann","password":{"$ne":"n0sql-Guess"}}',
    secret: ['n0sql', 'Guess'],
  },
  {
    kind: 'password',
    carrier: 'nested-object',
    text: '{"password":["arr4y-One","arr4y-Two"]}',
    secret: ['arr4y'],
  },
  {
    kind: 'password',
    carrier: 'nested-object',
    text: '{"secret":{"current":{"data":"thr33-Levels"},"version":2}}',
    secret: ['thr33', 'Levels'],
  },
  {
    kind: 'password',
    carrier: 'nested-object',
    text: '{"fields":[{"name":"password","value":"f1eld-List"},{"name":"user","value":"bo"}]}',
    secret: ['f1eld', 'List'],
  },
  {
    kind: 'password',
    carrier: 'nested-object',
    text: '{"fields":[{"value":"rev3rse-Order","name":"password"}]}',
    secret: ['rev3rse', 'Order'],
  },
  {
    kind: 'password',
    carrier: 'nested-object',
    text: '[{"key":"DB_PASSWORD","value":"k3y-Value-Pair"},{"key":"DB_HOST","value":"db1"}]',
    secret: ['Pair'],
  },
  {
    kind: 'password',
    carrier: 'nested-object',
    text: '{"env":[{"name":"API_TOKEN","value":"Jy1bAudyYLAn9kT1Hs4SjJjN1Ykgabmv"},{"name":"PORT","value":"80"}]}',
    secret: ['Jy1bAudyYLAn9kT1' + 'Hs4SjJjN1Ykgabmv'],
  },
  {
    kind: 'password',
    carrier: 'nested-object',
    text: "{ credentials: { password: [ 'l1st-Quoted' ], user: 'x' } }",
    secret: ['l1st', 'Quoted'],
  },
  {
    kind: 'password',
    carrier: 'nested-object',
    text: '{"password":null,"new":{"password":{"plain":"pl41n-Inner"}}}',
    secret: ['pl41n', 'Inner'],
  },
  {
    kind: 'password',
    carrier: 'nested-object',
    text: '{"params":["ann","login"],"passwords":{"ann":"m4p-Of-Pw","bo":"m4p-0f-Two"}}',
    secret: ['m4p-Of-Pw', 'm4p-0f-Two'],
  },
  {
    kind: 'api-key',
    carrier: 'nested-object',
    text: '{"apiKeys":[{"label":"ci","key":"' + 'MmpGW3bTl1WOuCs1NHjL' + 'FVregsb3sbl4yjmsXvYo"}]}',
    secret: ['MmpGW3bTl1WOuCs1NHjL' + 'FVregsb3sbl4yjmsXvYo'],
  },
  {
    kind: 'aws-secret-key',
    carrier: 'nested-object',
    text: '{"aws":{"credentials":{"secret":"' + 'ogRMzPwE9SedgVE61wf8' + 'civCimJ7ZaWW4rXxXGQc"}}}',
    secret: ['ogRMzPwE9SedgVE61wf8' + 'civCimJ7ZaWW4rXxXGQc'],
  },
  {
    kind: 'k8s-secret',
    carrier: 'nested-object',
    text:
      '{"kind":"Secret","data":{"password":"' + 'aHVudGVyLWdh' + 'dGhlcmVyLTIy"},"metadata":{"name":"db"}}',
    secret: ['aHVudGVyLWdh' + 'dGhlcmVyLTIy'],
  },
  {
    kind: 'dynamodb',
    carrier: 'nested-object',
    text: '{"Item":{"user":{"S":"ann"},"password":{"S":"dyn4mo-String"}}}',
    secret: ['dyn4mo', 'String'],
  },
  {
    kind: 'tuple',
    carrier: 'nested-object',
    text: '[["user","ann"],["password","entr1es-Pair"]]',
    secret: ['entr1es', 'Pair'],
  },
  {
    kind: 'password',
    carrier: 'xml',
    text: '<user><name>ann</name><password>x&amp;ml&lt;pw9</password></user>',
    secret: ['x&amp;ml&lt;pw9'],
  },
  {
    kind: 'password',
    carrier: 'xml',
    text: '<connection host="db" user="app" password="attr1bute-Pw"/>',
    secret: ['attr1bute'],
  },
  {
    kind: 'password',
    carrier: 'xml',
    text: '<Password xmlns="urn:x"><![CDATA[cd4ta<Section]]></Password>',
    secret: ['cd4ta', 'Section'],
  },
  {
    kind: 'password',
    carrier: 'xml',
    text: '<wsse:UsernameToken><wsse:Username>svc</wsse:Username><wsse:Password Type="x#PasswordText">s0ap-Opera</wsse:Password></wsse:UsernameToken>',
    secret: ['s0ap', 'Opera'],
  },
  {
    kind: 'password',
    carrier: 'xml',
    text: '<add key="SmtpPassword" value="web-c0nfig-Pw" />',
    secret: ['c0nfig'],
  },
  {
    kind: 'password',
    carrier: 'xml',
    text: '<property name="hibernate.connection.password">h1bern8-Bear</property>',
    secret: ['h1bern8', 'Bear'],
  },
  {
    kind: 'password',
    carrier: 'xml',
    text: '<server><id>nexus</id><username>ci</username><password>m4ven-Depl0y</password></server>',
    secret: ['m4ven', 'Depl0y'],
  },
  {
    kind: 'password',
    carrier: 'xml',
    text: "<Resource name='jdbc/app' username='app' password='t0mcat-Ctx' maxTotal='10'/>",
    secret: ['t0mcat'],
  },
  {
    kind: 'password',
    carrier: 'xml',
    text: '&lt;login&gt;&lt;password&gt;esc4ped-Xml&lt;/password&gt;&lt;/login&gt;',
    secret: ['esc4ped'],
  },
  {
    kind: 'password',
    carrier: 'xml',
    text: '<param name="user">bo</param><param name="password">par4m-Named</param>',
    secret: ['par4m', 'Named'],
  },
  {
    kind: 'password',
    carrier: 'xml',
    text: '<bean id="ds"><property name="password" value="spr1ng-Bean"/></bean>',
    secret: ['spr1ng', 'Bean'],
  },
  {
    kind: 'api-key',
    carrier: 'xml',
    text:
      '<request><ApiKey>' + 'quqSxMNTsEPVb9Rk' + 'S9h7VXzm5wtsfxyF</ApiKey><Action>list</Action></request>',
    secret: ['quqSxMNTsEPVb9Rk' + 'S9h7VXzm5wtsfxyF'],
  },
  {
    kind: 'oauth-token',
    carrier: 'xml',
    text: '<oauth><access_token>' + 'keJPRWa025Wt7yF8QUBg' + '3jVWPkV9Pzw5rAFt7irc</access_token></oauth>',
    secret: ['keJPRWa025Wt7yF8QUBg' + '3jVWPkV9Pzw5rAFt7irc'],
  },
  {
    kind: 'card',
    carrier: 'xml',
    text: '<Payment><CardNumber>' + '45953358' + '88758193</CardNumber><Amount>12.00</Amount></Payment>',
    secret: ['45953358' + '88758193', '588875'],
  },
  {
    kind: 'card',
    carrier: 'xml',
    text: '<card pan="' + '3685 428' + '048 6638" expiry="1227"/>',
    secret: ['3685 428' + '048 6638'],
  },
  {
    kind: 'cvv',
    carrier: 'xml',
    text: '<CreditCard><Type>VI</Type><CVV2>472</CVV2></CreditCard>',
    secret: ['472'],
  },
  {
    kind: 'saml',
    carrier: 'xml',
    text:
      '<ds:SignatureValue>' +
      'k5XreZl+xJeFJNx9xg8iVHAqooPC5IKl+HyJFkktIk1d' +
      'is2TTxy2KX+19rzqy2FTqlR5u0ZZ0rUCD92/yiW8FHWv</ds:SignatureValue><saml:Issuer>idp.example.com</saml:Issuer>',
    secret: [
      'k5XreZl',
      'xJeFJNx9xg8i' + 'VHAqooPC5IKl',
      'HyJFkktIk1' + 'dis2TTxy2KX',
      '19rzqy2FTqlR' + '5u0ZZ0rUCD92',
      'yiW8FHWv',
    ],
  },
  {
    kind: 'saml',
    carrier: 'xml',
    text:
      '<samlp:Artifact>AAQAAMFbLinlXaCM' + 'FV7glAzU1r/hS9wE+w2G' + 'ZEc18+n6zN64dD7h5Gfs</samlp:Artifact>',
    secret: ['FV7glAzU1r', 'hS9wE', 'w2GZEc18', 'n6zN64dD7h5Gfs'],
  },
  {
    kind: 'azure-key',
    carrier: 'xml',
    text:
      '<add name="q" connectionString="Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=' +
      'JGMGlZK8QOc4xrqnL4KRS4' +
      'ROGZ++TOQ0DjRvBTvywwY=" />',
    secret: ['JGMGlZK8QOc4x' + 'rqnL4KRS4ROGZ', 'TOQ0DjRvBTvywwY'],
  },
  {
    kind: 'ssn',
    carrier: 'xml',
    text: '<Applicant><Name>Bo Chen</Name><SSN>219-09-9999</SSN></Applicant>',
    secret: ['219-09-9999'],
  },
  {
    kind: 'html-form',
    carrier: 'xml',
    text: '<input type="password" name="password" value="pref1lled-Pw">',
    secret: ['pref1lled'],
  },
  {
    kind: 'html-form',
    carrier: 'xml',
    text:
      '<input type="hidden" name="csrfmiddlewaretoken" value="' +
      'fPInPz9px688y5t7aC5fZ8MiZw3Q3jvZ' +
      'Be7eVGXePc3g4WluaUssJjDvULyn7dde">',
    secret: ['fPInPz9px688y5t7aC5fZ8MiZw3Q3jvZ' + 'Be7eVGXePc3g4WluaUssJjDvULyn7dde'],
  },
  {
    kind: 'html-form',
    carrier: 'xml',
    text: '<meta name="csrf-token" content="' + 'sIHP4TgT7JctVHF+l7hBS9' + 'd3Tir7Me154h7b4Gy2oLh=">',
    secret: ['sIHP4TgT7JctVHF', 'l7hBS9d3Tir7M' + 'e154h7b4Gy2oLh'],
  },
  {
    kind: 'rsa-xml',
    carrier: 'xml',
    text:
      '<RSAKeyValue><Modulus>JoQD2lltj1L+XpTgPf2tvt8icgmxupsYwHs5O9+i</Modulus><D>' +
      'Ma7lbk7BkhgBOI57z+5VrgBVtvFyOYGxHwuosUXobzHX' +
      'KFqGaRIiE9Q/B9SdakMz+jqtoHC1dJzYWzp2GsXCn1EO</D></RSAKeyValue>',
    secret: [
      'Ma7lbk7B' + 'khgBOI57z',
      '5VrgBVtvFyOYGxHwuo' + 'sUXobzHXKFqGaRIiE9Q',
      'B9SdakMz',
      'jqtoHC1dJzY' + 'Wzp2GsXCn1EO',
    ],
  },
  {
    kind: 'plist',
    carrier: 'xml',
    text: '<key>Password</key>\n<string>pl1st-Apple</string>\n<key>Host</key><string>db</string>',
    secret: ['pl1st', 'Apple'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "CREATE USER 'web'@'%' IDENTIFIED BY 'myS9l-User'",
    secret: ['myS9l'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: 'ALTER USER app IDENTIFIED BY "0racle-Pw" REPLACE "0ld-Orac1e"',
    secret: ['0racle', 'Orac1e'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "ALTER ROLE reporting WITH LOGIN PASSWORD 'r0le-Play' VALID UNTIL 'infinity'",
    secret: ['r0le', 'Play'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "ALTER USER postgres PASSWORD E'esc\\'ape-Str9';",
    secret: ['Str9'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: 'create role svc login password $$d0llar-Quoted$$',
    secret: ['d0llar', 'Quoted'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "SET PASSWORD FOR 'bo'@'localhost' = PASSWORD('0ld-Style')",
    secret: ['Style'],
  },
  { kind: 'password', carrier: 'sql', text: "SET PASSWORD = 's3lf-Set'", secret: ['s3lf'] },
  {
    kind: 'password',
    carrier: 'sql',
    text: "CREATE LOGIN etl WITH PASSWORD = N'sq1-Server!', DEFAULT_DATABASE = dw",
    secret: ['Server'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "ALTER LOGIN sa WITH PASSWORD = 'n3w-Sa''s-Pw' OLD_PASSWORD = '0ld-Sa-Pw'",
    secret: ["n3w-Sa''s-Pw", '0ld-Sa-Pw'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "CREATE USER MAPPING FOR app SERVER films OPTIONS (user 'bob', password 'f0reign-Data')",
    secret: ['f0reign'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "GRANT ALL ON *.* TO 'root'@'%' IDENTIFIED BY 'gr4nt-All' WITH GRANT OPTION",
    secret: ['gr4nt'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "CREATE SUBSCRIPTION s CONNECTION 'host=p1 user=rep password=repl1ca-Set dbname=a' PUBLICATION p",
    secret: ['repl1ca'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "CHANGE MASTER TO MASTER_HOST='m1', MASTER_USER='rep', MASTER_PASSWORD='m4ster-Rep'",
    secret: ['m4ster'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "INSERT INTO users (name, password) VALUES ('ann', '1nsert-Val')",
    secret: ['1nsert'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "UPDATE users SET password = 'upd4te-Val' WHERE id = 7",
    secret: ['upd4te'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "SELECT * FROM users WHERE name = 'bo' AND password = 'wh3re-Clause'",
    secret: ['wh3re', 'Clause'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "SELECT crypt('cr4pt-Plain', password) = password FROM users WHERE email='x@y.example' -- pgcrypto",
    secret: ['cr4pt', 'Plain'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "INSERT INTO `accounts` SET `user`='eva', `passwd`='s3t-Syntax'",
    secret: ['Syntax'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "SELECT dblink_connect('c', 'host=h user=u password=dbl1nk-Pw')",
    secret: ['dbl1nk'],
  },
  {
    kind: 'password',
    carrier: 'sql',
    text: "MERGE INTO cfg USING dual ON (k='smtp_password') WHEN MATCHED THEN UPDATE SET smtp_password='m3rge-Pw'",
    secret: ['m3rge'],
  },
  {
    kind: 'password-hash',
    carrier: 'sql',
    text:
      "ALTER USER 'a'@'%' IDENTIFIED WITH mysql_native_password AS '*" +
      'A0F173683FF0C6D32262' +
      "A7F8BA8DEF6FFB2CFD71'",
    secret: ['A0F173683FF0C6D32262' + 'A7F8BA8DEF6FFB2CFD71'],
  },
  {
    kind: 'password-hash',
    carrier: 'sql',
    text: "CREATE ROLE r PASSWORD 'md5" + '11a5c3bb0396a508' + "30db3c0f49e1ab47'",
    secret: ['11a5c3bb0396a508' + '30db3c0f49e1ab47'],
  },
  {
    kind: 'password-hash',
    carrier: 'sql',
    text:
      "ALTER ROLE app PASSWORD 'SCRAM-SHA-256$4096:" +
      'NiZKlRErAfvgs3XVig+bKg==$Bp+a2k7lZwrN/zB8q4QvbDYFXBpM3rx3' +
      "o9u8Wmit3vd=:vGCks9x3lls+IcYJpzX0yyibVC7Wka7RPpTB85B5zfN='",
    secret: [
      'NiZKlRErA' + 'fvgs3XVig',
      'a2k7lZwrN',
      'zB8q4QvbDYFXBpM' + '3rx3o9u8Wmit3vd',
      'vGCks9x3lls',
      'IcYJpzX0yyibVC7' + 'Wka7RPpTB85B5zfN',
    ],
  },
  {
    kind: 'password-hash',
    carrier: 'sql',
    text:
      "INSERT INTO users (email,hash) VALUES ('bo@example.com','$2y$10$" +
      '3WRl4ivH.EvTsJkiBYo7dv9a.O' +
      "gvwwpj/G9/SQgJmASRXVx4tphIY')",
    secret: ['3WRl4ivH', 'EvTsJkiBYo7dv9a', 'Ogvwwpj', 'SQgJmASR' + 'XVx4tphIY'],
  },
  {
    kind: 'password-hash',
    carrier: 'sql',
    text:
      'CREATE LOGIN x WITH PASSWORD = 0x0200' +
      'DF9DF47818EA9FE5075FA1A7E2DBD0' +
      '7295AFBA7262EAF7E7A0ABC8347BE3 HASHED',
    secret: ['DF9DF47818EA9FE5075FA1A7E2DBD0' + '7295AFBA7262EAF7E7A0ABC8347BE3'],
  },
  {
    kind: 'password-hash',
    carrier: 'sql',
    text:
      'DETAIL:  Failing row contains (12, ann, $2b$10$' +
      'vHlGOhJVm/ww2vNzqKWQHIPQ38' +
      'B0wiAHHsUZxgNdlk09RMefXdEKT, null).',
    secret: ['vHlGOhJVm', 'ww2vNzqKWQHIPQ38B0wiA' + 'HHsUZxgNdlk09RMefXdEKT'],
  },
  {
    kind: 'aws-secret-key',
    carrier: 'sql',
    text:
      "COPY t FROM 's3://b/k' CREDENTIALS 'aws_access_key_id=AKIA" +
      'F4Y746U2J2KGZXCG;aws_secret_access_key=' +
      'hOMQNNGSNsFUWqXwlkdu' +
      "EEb6/PHzTEEknAA/yeyq'",
    secret: ['hOMQNNGSNsFU' + 'WqXwlkduEEb6', 'PHzTEEknAA', 'yeyq'],
  },
  {
    kind: 'azure-sas',
    carrier: 'sql',
    text:
      "CREATE DATABASE SCOPED CREDENTIAL c WITH IDENTITY='SHARED ACCESS SIGNATURE', SECRET='sv=2022-11-02&sig=" +
      'HRfbm7ZwYSo5FJz2D3ckAFo' +
      "GwGhUpRU1FjDNDicvtvW%3D'",
    secret: ['HRfbm7ZwYSo5FJz2D3ckA' + 'FoGwGhUpRU1FjDNDicvtvW'],
  },
  {
    kind: 'card',
    carrier: 'sql',
    text: "INSERT INTO payments VALUES (4, '" + '4136-0044' + "-0458-4568', 'EUR', 1200)",
    secret: ['4136-0044' + '-0458-4568'],
  },
  {
    kind: 'encryption-key',
    carrier: 'sql',
    text: "SELECT pgp_sym_decrypt(data, 'pgp-Sym-K3y') FROM vault -- slow query 812ms",
    secret: ['pgp-Sym-K3y'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'Driver={ODBC Driver 18 for SQL Server};Server=tcp:sql1,1433;UID=app;PWD={semi;col0n}}brace};Encrypt=yes',
    secret: ['semi', 'col0n', 'brace'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'DRIVER={PostgreSQL Unicode};SERVER=db;UID=u;PWD=0dbc-Plain;',
    secret: ['0dbc', 'Plain'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'Server=db1;Database=shop;User Id=app;Password=ad0.Net-Pw;TrustServerCertificate=True',
    secret: ['ad0.Net-Pw'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'Data Source=ora1;User ID=scott;Password="qu;oted-T1ger";Pooling=true',
    secret: ['oted', 'T1ger'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: "Data Source=x;User ID=y;Password='s1ngle;Quoted';Timeout=5",
    secret: ['s1ngle', 'Quoted'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'Provider=SQLOLEDB;Data Source=s;Initial Catalog=c;User ID=sa;Pwd = sp4ced-Eq;',
    secret: ['sp4ced'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'jdbc:sqlserver://h:1433;databaseName=d;user=u;password={jdbc;Br4ces};encrypt=true',
    secret: ['Br4ces'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'jdbc:mysql://h/db?user=root&password=jdbc-Qu3ry&useSSL=false',
    secret: ['Qu3ry'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'jdbc:oracle:thin:scott/t1ger-Thin@//ora1:1521/XE',
    secret: ['t1ger', 'Thin'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'jdbc:postgresql://db/app?user=app&password=pg-Jdbc-7&ssl=true',
    secret: ['Jdbc'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'host=db port=5432 user=app password=l1bpq-Dsn dbname=app sslmode=require',
    secret: ['l1bpq'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: "host=db user=app password='l1bpq quoted \\'x\\' 9pw' dbname=app",
    secret: ['l1bpq', 'quoted'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'pgsql:host=db;dbname=app;user=u;password=php-Pd0-Dsn',
    secret: ['php-Pd0-Dsn'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'app:g0-Mysql-Dsn@tcp(127.0.0.1:3306)/shop?parseTime=true',
    secret: ['Mysql'],
  },
  {
    kind: 'password',
    carrier: 'connection-string',
    text: 'Account=acme;User=ann;Password=sn0wflake-Pw;Role=SYSADMIN;Warehouse=W1',
    secret: ['sn0wflake'],
  },
  {
    kind: 'redis',
    carrier: 'connection-string',
    text:
      'mycache.redis.cache.windows.net:6380,password=' +
      'KXR79cvUWRlLMcFBcOfcNF' +
      '2rDOOqZIR7apzu8GkhIx2=,ssl=True,abortConnect=False',
    secret: ['KXR79cvUWRlLMcFBcOfcN' + 'F2rDOOqZIR7apzu8GkhIx2'],
  },
  {
    kind: 'azure-key',
    carrier: 'connection-string',
    text:
      'DefaultEndpointsProtocol=https;AccountName=acct;AccountKey=' +
      'luh/oLpFlToQKV0phxyhXwysh4RLvldngObsbkqb0/7J' +
      'ZpgugamZIKbMh+9ThHa4+c0O+F2KQHOYxmrP85sbSy==;EndpointSuffix=core.windows.net',
    secret: [
      'oLpFlToQKV0phxyhXw' + 'ysh4RLvldngObsbkqb0',
      '7JZpgugamZIKbMh',
      '9ThHa4',
      'F2KQHOYx' + 'mrP85sbSy',
    ],
  },
  {
    kind: 'azure-key',
    carrier: 'connection-string',
    text:
      'Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=' +
      'SSx2TW7FQr5SrKRY6Qk4fY' +
      '4NHvaxxXVJd9XDcvNxmKR=',
    secret: ['SSx2TW7FQr5SrKRY6Qk4f' + 'Y4NHvaxxXVJd9XDcvNxmKR'],
  },
  {
    kind: 'azure-key',
    carrier: 'connection-string',
    text:
      'AccountEndpoint=https://c.documents.azure.com:443/;AccountKey=' +
      'cUzEKWlWi+/kift0/JsL7Fw1lIJlzKk4aMmP9B7ZM7cu' +
      '4vgOw8kPQi4XUMBK98QXZ9A8k0Ew3bpNwodvWcHrCI==;',
    secret: [
      'cUzEKWlWi',
      'kift0',
      'JsL7Fw1lIJlzKk4aMmP9B7ZM7cu4vgOw8k' + 'PQi4XUMBK98QXZ9A8k0Ew3bpNwodvWcHrCI',
    ],
  },
  {
    kind: 'azure-key',
    carrier: 'connection-string',
    text:
      'HostName=hub.azure-devices.net;DeviceId=d1;SharedAccessKey=' +
      '17ndedlJqAYhf3ja2AbBBX' +
      'sDvdlQdeGI6EqPrAr3d5k=',
    secret: ['17ndedlJqAYhf3ja2AbBB' + 'XsDvdlQdeGI6EqPrAr3d5k'],
  },
  {
    kind: 'azure-key',
    carrier: 'connection-string',
    text:
      'Endpoint=https://cfg.azconfig.io;Id=ab-l0-s0:xyz;Secret=' +
      'YLMfmC7jzDnYPthr+Kmidl' +
      'dzvKaU/sq6gh2zlrFXeqZ=',
    secret: ['YLMfmC7j' + 'zDnYPthr', 'KmidldzvKaU', 'sq6gh2zlrFXeqZ'],
  },
  {
    kind: 'azure-sas',
    carrier: 'connection-string',
    text:
      'BlobEndpoint=https://a.blob.core.windows.net/;SharedAccessSignature=sv=2021-08-06&ss=b&sig=' +
      'FJeXrs5YlVtd88zsEpdJ8r9' +
      'FEj3U4HoMmHzIxPjvD4O%3D',
    secret: ['FJeXrs5YlVtd88zsEpdJ8' + 'r9FEj3U4HoMmHzIxPjvD4O'],
  },
  {
    kind: 'azure-key',
    carrier: 'connection-string',
    text:
      'InstrumentationKey=' +
      'b443850b-983b-4147' +
      '-8048-797a8de94925;IngestionEndpoint=https://westeurope-1.in.applicationinsights.azure.com/',
    secret: ['b443850b', '983b', '4147', '8048', '797a8de94925'],
  },
  {
    kind: 'access-db',
    carrier: 'connection-string',
    text: 'Provider=Microsoft.ACE.OLEDB.12.0;Data Source=C:\\db.accdb;Jet OLEDB:Database Password=acc3ss-Jet;',
    secret: ['acc3ss'],
  },
  {
    kind: 'ftp',
    carrier: 'connection-string',
    text: 'Server=ftp1;Port=21;Username=up;Passwd=ftp-C0nn;Passive=1',
    secret: ['C0nn'],
  },
  {
    kind: 'password',
    carrier: 'yaml',
    text: 'database:\n  host: db1\n  password: y4ml-Plain\n  pool: 5',
    secret: ['y4ml', 'Plain'],
  },
  { kind: 'password', carrier: 'yaml', text: 'password: "y4ml \\"dq\\" Str1ng"', secret: ['y4ml', 'Str1ng'] },
  {
    kind: 'password',
    carrier: 'yaml',
    text: "smtp:\n  pass: 'y4ml ''sq'' Str1ng'\n  port: 587",
    secret: ['y4ml', 'Str1ng'],
  },
  {
    kind: 'password',
    carrier: 'yaml',
    text: 'password: >-\n  f0lded-Block\nuser: ann',
    secret: ['f0lded', 'Block'],
  },
  {
    kind: 'password',
    carrier: 'yaml',
    text: 'password: |\n  l1teral-Block\nhost: db',
    secret: ['l1teral', 'Block'],
  },
  {
    kind: 'password',
    carrier: 'yaml',
    text: 'spring.datasource.password: spr1ng-Yaml # rotate',
    secret: ['spr1ng', 'Yaml'],
  },
  {
    kind: 'password',
    carrier: 'yaml',
    text: '- name: DB_PASSWORD\n  value: "k8s-Env-V4r"\n- name: DB_HOST\n  value: db',
    secret: ['k8s-Env-V4r'],
  },
  {
    kind: 'k8s-secret',
    carrier: 'yaml',
    text: 'kind: Secret\nstringData:\n  admin-password: str1ng-Data\ntype: Opaque',
    secret: ['str1ng'],
  },
  {
    kind: 'api-key',
    carrier: 'yaml',
    text: 'weather: {api_key: ' + '092bd6f5fe02d826' + '7878e87d0fdbf9ec, units: metric}',
    secret: ['092bd6f5fe02d826' + '7878e87d0fdbf9ec'],
  },
  {
    kind: 'private-key',
    carrier: 'yaml',
    text:
      'tls.key: |\n  -----BEGIN ' +
      'PRIVATE KEY-----\n  MIGHAgEAMBMGByqGSM49' +
      'XUfOGHQvs+AK9Gy7/+QTxC' +
      'ezxzMW+4psn+SFUZEWESLL\n  -----END PRIVATE KEY-----',
    secret: ['XUfOGHQvs', 'AK9Gy7', 'QTxCezxzMW', '4psn', 'SFUZEWESLL'],
  },
  {
    kind: 'rails-key',
    carrier: 'yaml',
    text:
      'production:\n  secret_key_base: ' +
      'aaa280a49d2d77748e4e02ab8edfd7b15110914ed9245f202ca11a45be30f5cb' +
      'd0f0527fe209ff9ac6e7c865f767d2569678e5b5aafca6ae0fc72fd66de74a2b',
    secret: [
      'aaa280a49d2d77748e4e02ab8edfd7b15110914ed9245f202ca11a45be30f5cb' +
        'd0f0527fe209ff9ac6e7c865f767d2569678e5b5aafca6ae0fc72fd66de74a2b',
    ],
  },
  {
    kind: 'password',
    carrier: 'env-file',
    text: 'DB_HOST=db1\nDB_PASSWORD=d0tenv-Pw\nDB_NAME=app',
    secret: ['d0tenv'],
  },
  {
    kind: 'password',
    carrier: 'env-file',
    text: 'export MYSQL_ROOT_PASSWORD="exp0rt $pace d"',
    secret: ['exp0rt', 'pace'],
  },
  { kind: 'password', carrier: 'env-file', text: "POSTGRES_PASSWORD='s1ngle#Hash'", secret: ['s1ngle'] },
  {
    kind: 'password',
    carrier: 'env-file',
    text: 'ADMIN_PASS=unqu0ted#H4sh # initial',
    secret: ['unqu0ted', 'H4sh'],
  },
  {
    kind: 'aws-secret-key',
    carrier: 'env-file',
    text:
      'AWS_ACCESS_KEY_ID=AKIA' +
      'NMFGQPWB4ONNJM6G\nAWS_SECRET_ACCESS_KEY=' +
      'LRKiD9rbs0KyndwmlJWI' +
      'R42ESFl+b2bHs22+FkLI',
    secret: ['LRKiD9rbs0Kyn' + 'dwmlJWIR42ESFl', 'b2bHs22', 'FkLI'],
  },
  {
    kind: 'api-key',
    carrier: 'env-file',
    text:
      'OPENAI_API_KEY=sk-proj-' +
      'ftnHKTlCYV8Ld0lP6XH3eNJV17i5ZQFbBhO2wAW0VUyyIkP28A-ZXWgrINItT3Bl' +
      'bkFJuG7PWGH10CFEADeoN5ZrHVdMGWy38k0isnNyZMz8SU3mWtS-7356PwF3mEuG',
    secret: [
      'ftnHKTlCYV8Ld0lP6XH3eNJV1' + '7i5ZQFbBhO2wAW0VUyyIkP28A',
      'ZXWgrINItT3BlbkFJuG7PWGH10CFEADe' + 'oN5ZrHVdMGWy38k0isnNyZMz8SU3mWtS',
      '7356PwF3mEuG',
    ],
  },
  {
    kind: 'django-key',
    carrier: 'env-file',
    text: "SECRET_KEY='django-insecure-" + '4x!k9_q#z7w$p' + "m2^r&8t(b5)v1'",
    secret: ['4x!k9_q#z7w$p' + 'm2^r&8t(b5)v1'],
  },
  {
    kind: 'laravel-key',
    carrier: 'env-file',
    text: 'APP_NAME=Shop\nAPP_KEY=base64:' + 'IAmTjbeMHN9pfHoW4GUBtE' + 'v7XO0LgK945DPuqDZgAbs=',
    secret: ['IAmTjbeMHN9pfHoW4GUBt' + 'Ev7XO0LgK945DPuqDZgAbs'],
  },
  {
    kind: 'jwt-secret',
    carrier: 'env-file',
    text: 'JWT_SECRET=my-sup3r-jwt-h5\nJWT_EXPIRES=15m',
    secret: ['sup3r'],
  },
  {
    kind: 'session',
    carrier: 'env-file',
    text: 'SESSION_SECRET=c00kie-M0nster',
    secret: ['c00kie', 'M0nster'],
  },
  {
    kind: 'heroku-key',
    carrier: 'env-file',
    text: 'HEROKU_API_KEY=' + 'd88b7602-3c77-49bd' + '-b5da-59d2c6a01b47',
    secret: ['d88b7602', '3c77', '49bd', 'b5da', '59d2c6a01b47'],
  },
  {
    kind: 'heroku-key',
    carrier: 'env-file',
    text: 'HEROKU_OAUTH=HRKU-AA' + 'RWEO1mEx580DJ6i6xID3_XSPBKpGw' + '6FKalI7-ILGScstKrmYF6NzMgWj0X',
    secret: ['RWEO1mEx58' + '0DJ6i6xID3', 'XSPBKpGw6FKalI7', 'ILGScstKrm' + 'YF6NzMgWj0X'],
  },
  {
    kind: 'encryption-key',
    carrier: 'env-file',
    text:
      'ENCRYPTION_KEY=' +
      'cd0644694b0cb05ecb139ac7d2ed8644' +
      '244c1ed61beadc65653eaaf2f41e381f\nCIPHER=aes-256-gcm',
    secret: ['cd0644694b0cb05ecb139ac7d2ed8644' + '244c1ed61beadc65653eaaf2f41e381f'],
  },
  {
    kind: 'npm-token',
    carrier: 'ini',
    text: '//registry.npmjs.org/:_authToken=npm_' + 'oa7x0mG2yM5f5DNmHA' + 'tXIYVeaUlJMCR5OIAU',
    secret: ['oa7x0mG2yM5f5DNmHA' + 'tXIYVeaUlJMCR5OIAU'],
  },
  {
    kind: 'npm-token',
    carrier: 'ini',
    text: '//npm.example.com/:_password=' + 'bjBkZU1v' + 'ZC11bGVz',
    secret: ['bjBkZU1v' + 'ZC11bGVz'],
  },
  {
    kind: 'npm-token',
    carrier: 'ini',
    text: '_auth = ' + 'Y2k6YXJ0aW' + 'Y0Y3RPcnk=\nalways-auth=true',
    secret: ['Y2k6YXJ0a' + 'WY0Y3RPcnk'],
  },
  { kind: 'password', carrier: 'ini', text: '[client]\nuser=root\npassword=my-cnf-P4ss', secret: ['P4ss'] },
  { kind: 'password', carrier: 'ini', text: '[smtp]\npasswd = in1-Sp4ces\nport = 25', secret: ['Sp4ces'] },
  {
    kind: 'password',
    carrier: 'ini',
    text: '; config\ndb.password : c0lon-Ini\ndb.user : app',
    secret: ['c0lon'],
  },
  {
    kind: 'pypi-token',
    carrier: 'ini',
    text:
      '[pypi]\nusername = __token__\npassword = pypi-AgEIcHlwaS5vcmc' +
      'dXIPIRp-hbbhU7uVYF6S0qwqk63M6A8cdAf' +
      'dtx7BkuAxg8SkLdrIX_YGZui5j7RFW2_l5S',
    secret: ['dXIPIRp', 'hbbhU7uVYF6S0qwqk63M6A' + '8cdAfdtx7BkuAxg8SkLdrIX', 'YGZui5j7RFW2'],
  },
  {
    kind: 'aws-secret-key',
    carrier: 'ini',
    text:
      '[default]\naws_access_key_id = AKIA' +
      'GCTS7PYFHZHWJ6JJ\naws_secret_access_key = ' +
      '78Av5jsJtuU1QsxEvBbW' +
      'SYz808r4kubIktiP1e7R',
    secret: ['78Av5jsJtuU1QsxEvBbW' + 'SYz808r4kubIktiP1e7R'],
  },
  {
    kind: 'netrc',
    carrier: 'ini',
    text: 'machine api.heroku.com login ann@example.com password n3trc-Word',
    secret: ['n3trc', 'Word'],
  },
  {
    kind: 'pgpass',
    carrier: 'ini',
    text: '~/.pgpass: db1:5432:app:ann:pgp4ss-Line',
    secret: ['pgp4ss', 'Line'],
  },
  {
    kind: 'htpasswd',
    carrier: 'ini',
    text: '.htpasswd: ann:$apr1$' + 'RyZO4XF6$NwdCxM' + 'etkdHKadhix7AxhL',
    secret: ['RyZO4XF6', 'NwdCxMetkdH' + 'Kadhix7AxhL'],
  },
  {
    kind: 'password',
    carrier: 'properties',
    text: 'spring.datasource.username=app\nspring.datasource.password=pr0ps-Pw',
    secret: ['pr0ps'],
  },
  {
    kind: 'password',
    carrier: 'properties',
    text: 'javax.net.ssl.keyStorePassword=ch4nge-It\njavax.net.ssl.keyStore=/etc/ks.jks',
    secret: ['ch4nge'],
  },
  {
    kind: 'password',
    carrier: 'properties',
    text: 'ftp.password \\: we1rd-Props',
    secret: ['we1rd', 'Props'],
  },
  {
    kind: 'password',
    carrier: 'properties',
    text: 'sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="svc" password="k4fka-Jaas";',
    secret: ['k4fka', 'Jaas'],
  },
  {
    kind: 'password',
    carrier: 'properties',
    text: 'mail.smtp.password:c0lon-Props',
    secret: ['c0lon', 'Props'],
  },
  {
    kind: 'password',
    carrier: 'toml',
    text: '[db]\nuser = "app"\npassword = """t0ml-Triple"""',
    secret: ['t0ml', 'Triple'],
  },
  {
    kind: 'password',
    carrier: 'toml',
    text: 'auth = { user = "bo", password = "inl1ne-Toml" }',
    secret: ['inl1ne', 'Toml'],
  },
  {
    kind: 'crates-token',
    carrier: 'toml',
    text: '[registry]\ntoken = "cio' + 'QU4AH1KOJ3djF4AT' + 'pTKyhOd8ILjf06Pp"',
    secret: ['QU4AH1KOJ3djF4AT' + 'pTKyhOd8ILjf06Pp'],
  },
  {
    kind: 'password',
    carrier: 'terraform',
    text: 'resource "aws_db_instance" "x" { username = "app" password = "terr4-Form" }',
    secret: ['terr4', 'Form'],
  },
  {
    kind: 'password',
    carrier: 'terraform',
    text: '~ master_password = "0ld-M4ster" -> "n3w-M4ster"',
    secret: ['M4ster'],
  },
  {
    kind: 'password',
    carrier: 'ldif',
    text: 'dn: cn=ann,dc=example\nuserPassword: pl4in-Ldif',
    secret: ['pl4in', 'Ldif'],
  },
  {
    kind: 'password-hash',
    carrier: 'ldif',
    text: 'dn: cn=bo,dc=example\nuserPassword: {SSHA}' + '61lGrAzoYdoZi+Egz7hT' + 'IpVb5K6Gf2t+rytAeG==',
    secret: ['61lGrAzoYdoZi', 'Egz7hTIp' + 'Vb5K6Gf2t', 'rytAeG'],
  },
  {
    kind: 'password-hash',
    carrier: 'ldif',
    text: 'userPassword:: e1NTSEF9' + '554/vI66qljFC6R9gvmBNPdE' + 'dTwyX82PpoXFGGUFjnvL8TmN',
    secret: ['vI66qljFC6R9gvmBNPdEdT' + 'wyX82PpoXFGGUFjnvL8TmN'],
  },
  {
    kind: 'password-hash',
    carrier: 'ldif',
    text: 'userPassword: {SHA}' + 'DySOX/sbGY5XIF' + 'qTK4i9K6wSmjO=',
    secret: ['DySOX', 'sbGY5XIFqT' + 'K4i9K6wSmjO'],
  },
  {
    kind: 'password-hash',
    carrier: 'ldif',
    text:
      'olcRootPW: {CRYPT}$6$' +
      'N6XSH0ENsclxDovr$E0EfRlX3jAjtg99y79AhrJFeZFqgEhwYmf' +
      'IvmPkjXbE3PV9SLNRp9HfGnke6HK4J/CcBEDZYq3CSufiZOZ8hIZ',
    secret: [
      'N6XSH0EN' + 'sclxDovr',
      'E0EfRlX3jAjtg99y79AhrJFeZFqgEhwY' + 'mfIvmPkjXbE3PV9SLNRp9HfGnke6HK4J',
      'CcBEDZYq3C' + 'SufiZOZ8hIZ',
    ],
  },
  { kind: 'password', carrier: 'shell', text: '$ mysql -u root -pm1n-P-Glued shop', secret: ['Glued'] },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'mysqldump --user=app --password=dum9-Th3-Db shop > out.sql',
    secret: ['dum9'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: "exec: mysqladmin -uroot --password='adm1n it s' ping",
    secret: ['adm1n'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'spawn psql ENOENT: PGPASSWORD=pg-3nv-Pw psql -h db -U app',
    secret: ['pg-3nv-Pw'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: "Command failed: sshpass -p 'ssh-P4ss-W' ssh root@10.0.0.2",
    secret: ['P4ss'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'curl -u ann:curl-Us3r https://api.example.com/v1',
    secret: ['Us3r'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: "curl --user 'bo:s1ngle q pw' https://x.example",
    secret: ['s1ngle'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'curl -su "carla:clust3red-Flag" -X POST https://x.example/hook',
    secret: ['clust3red', 'Flag'],
  },
  {
    kind: 'bearer',
    carrier: 'shell',
    text:
      'curl -H "Authorization: Bearer ' +
      'EtKUIICy1TZBpBDxs2Cw' +
      'V0pBTJ6Zb9SLrwvVJ82R" https://api.example.com',
    secret: ['EtKUIICy1TZBpBDxs2Cw' + 'V0pBTJ6Zb9SLrwvVJ82R'],
  },
  {
    kind: 'api-key',
    carrier: 'shell',
    text:
      "curl -H 'X-Api-Key: " +
      '5mecM2mwNA0iuTXz' +
      "qJ19stTgLrFtWYDN' -d '{\"a\":1}' https://api.example.com",
    secret: ['5mecM2mwNA0iuTXz' + 'qJ19stTgLrFtWYDN'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: "curl -d 'user=eva&password=d4ta-Flag' https://x.example/login",
    secret: ['d4ta', 'Flag'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'wget --http-user=ann --http-password=wg3t-Http https://x.example/f.zip',
    secret: ['wg3t', 'Http'],
  },
  { kind: 'password', carrier: 'shell', text: 'redis-cli -h cache -a r3dis-Cli-A ping', secret: ['r3dis'] },
  { kind: 'password', carrier: 'shell', text: '> AUTH default acl-Red1s-Pw', secret: ['Red1s'] },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'REDIS CMD: CONFIG SET requirepass requ1re-Pass',
    secret: ['requ1re'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'docker login -u ci -p d0cker-Log registry.example.com',
    secret: ['d0cker'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'docker run -e MYSQL_PASSWORD=d0ckr-Env -p 3306:3306 mysql:8',
    secret: ['d0ckr'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'mongosh "mongodb://h/db" --username app --password m0ngo-Sh',
    secret: ['m0ngo'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'net use Z: \\\\fs\\share /user:CORP\\ann n3t-Use-Pw',
    secret: ['n3t-Use-Pw'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'sqlcmd -S sql1 -U sa -P "sqlcmd P4ss" -Q "select 1"',
    secret: ['P4ss'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'openssl pkcs12 -in a.p12 -passin pass:p4ssin-Arg -nodes',
    secret: ['p4ssin'],
  },
  { kind: 'password', carrier: 'shell', text: 'zip -P z1p-Crypt out.zip a.csv', secret: ['Crypt'] },
  { kind: 'password', carrier: 'shell', text: '7z x a.7z -ps3ven-Zip -oout', secret: ['s3ven'] },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'ldapsearch -x -D cn=admin -w ld4p-Srch -b dc=x',
    secret: ['ld4p', 'Srch'],
  },
  { kind: 'password', carrier: 'shell', text: 'smbclient //fs/x -U ann%smb-Perc3nt', secret: ['Perc3nt'] },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'ansible-playbook site.yml -e "db_password=ans1ble-X env=prod"',
    secret: ['ans1ble'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'helm upgrade app ./c --set postgresql.auth.password=h3lm-Set,replicas=2',
    secret: ['h3lm'],
  },
  {
    kind: 'password',
    carrier: 'shell',
    text: "echo 'ech0-Sudo' | sudo -S apt-get update # password on stdin",
    secret: ['ech0', 'Sudo'],
  },
  { kind: 'password', carrier: 'shell', text: 'chpasswd <<< "root:chp4sswd-In"', secret: ['chp4sswd'] },
  {
    kind: 'password',
    carrier: 'shell',
    text: 'keytool -list -keystore k.jks -storepass st0re-Pass -keypass k3y-Pass-W',
    secret: ['st0re'],
  },
  { kind: 'password', carrier: 'shell', text: 'lftp -u up,lftp-C0mma ftp.example.com', secret: ['C0mma'] },
  { kind: 'password', carrier: 'shell', text: 'xfreerdp /u:ann /p:rdp-Sl4sh /v:host1', secret: ['Sl4sh'] },
  { kind: 'password', carrier: 'shell', text: 'htpasswd -b .htpasswd ann htp4ss-B', secret: ['htp4ss'] },
  {
    kind: 'vault-token',
    carrier: 'shell',
    text: 'VAULT_TOKEN=hvs.' + 'NA4AxSLoZc1P' + 'EEA9GMa4udHR vault kv get secret/app',
    secret: ['NA4AxSLoZc1P' + 'EEA9GMa4udHR'],
  },
  {
    kind: 'github-token',
    carrier: 'shell',
    text: '+ GITHUB_TOKEN=ghp_' + 'Svt2o0eEbcri5iJevF' + 'yJCKg00NKDT1v1V95S npm publish',
    secret: ['Svt2o0eEbcri5iJevF' + 'yJCKg00NKDT1v1V95S'],
  },
  {
    kind: 'github-token',
    carrier: 'shell',
    text:
      'gh auth login --with-token <<< github_pat_' +
      '8n4RWrefOvIwPqDBSGXLPo_jET3GTrSDOe4oQ0s3A' +
      'yC5WkOfhvVjGc1X8KcEQ2Qq4kzNZ2jrjvbFUngUKN',
    secret: [
      '8n4RWrefOvI' + 'wPqDBSGXLPo',
      'jET3GTrSDOe4oQ0s3AyC5WkOfhvVj' + 'Gc1X8KcEQ2Qq4kzNZ2jrjvbFUngUKN',
    ],
  },
  {
    kind: 'doppler-token',
    carrier: 'shell',
    text: 'doppler run --token=dp.st.prd.' + 'nH6g5CfF0ylhZEQqGC5PV' + 'sYJbu8vUQI90VlyXxiGqX -- node app.js',
    secret: ['nH6g5CfF0ylhZEQqGC5PV' + 'sYJbu8vUQI90VlyXxiGqX'],
  },
  {
    kind: 'snyk-token',
    carrier: 'shell',
    text: 'SNYK_TOKEN=' + 'c1d95381-8745-4712' + '-8c8e-1bd1aa0a047c snyk test --severity-threshold=high',
    secret: ['c1d95381', '8745', '4712', '8c8e', '1bd1aa0a047c'],
  },
  {
    kind: 'ps-args',
    carrier: 'shell',
    text: '/proc/812/cmdline: node app.js --db-password pr0c-Cmd --port 3000',
    secret: ['pr0c'],
  },
  {
    kind: 'bcrypt',
    carrier: 'shell',
    text: 'caddy hash-password --plaintext c4ddy-Plain',
    secret: ['c4ddy', 'Plain'],
  },
  {
    kind: 'dockerfile',
    carrier: 'shell',
    text: 'Step 4/9 : ENV API_SECRET d0ckerfile-Env',
    secret: ['d0ckerfile'],
  },
  {
    kind: 'dockerfile',
    carrier: 'shell',
    text: 'Step 5/9 : ARG NPM_TOKEN=npm_' + '7bigmrmNPXW7GvlAFG' + 'MPJ4rlvZIuxPt5ozv8',
    secret: ['7bigmrmNPXW7GvlAFG' + 'MPJ4rlvZIuxPt5ozv8'],
  },
  {
    kind: 'powershell',
    carrier: 'shell',
    text: 'ConvertTo-SecureString "p0wer-Shell" -AsPlainText -Force',
    secret: ['p0wer', 'Shell'],
  },
  {
    kind: 'powershell',
    carrier: 'shell',
    text: "$env:DB_PASSWORD = 'ps-3nv-Var'; dotnet run",
    secret: ['ps-3nv-Var'],
  },
  {
    kind: 'windows',
    carrier: 'shell',
    text: 'schtasks /create /ru CORP\\svc /rp sch-T4sks /tn nightly',
    secret: ['T4sks'],
  },
  {
    kind: 'private-key',
    carrier: 'pem',
    text:
      '-----BEGIN ' +
      'RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA' +
      'YvHcfTeb4Z2HZqRiNNcZbCdV' +
      'mckfIPqOcnlhY+3x5nXn3OnK\n' +
      'ldOgJS0A7K6gSnorSL+MyRyMi6CflQ/1' +
      'Zut6UWxouxXtQXXPy/vNps7doz8cCDBg\n-----END RSA PRIVATE KEY-----',
    secret: [
      'YvHcfTeb4Z2HZqRiNN' + 'cZbCdVmckfIPqOcnlhY',
      '3x5nXn3OnK',
      'ldOgJS0A7' + 'K6gSnorSL',
      'MyRyMi6CflQ',
      '1Zut6UWxo' + 'uxXtQXXPy',
      'vNps7doz8cCDBg',
    ],
  },
  {
    kind: 'private-key',
    carrier: 'pem',
    text:
      '-----BEGIN ' +
      'OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU' +
      'fpylRDpjBWpJh9GdU/J' +
      'nuNVj2WwmK4kiGC55EIW\n' +
      'sN+4tYIBIpjdc5v/qOOt5GbXJriAOqrZRAR' +
      'Iwum01JjbDxFVTTslOgcuJdYnnQeaU6g+yo\n-----END OPENSSH PRIVATE KEY-----',
    secret: [
      'fpylRDpj' + 'BWpJh9GdU',
      'JnuNVj2Wwm' + 'K4kiGC55EIW',
      '4tYIBIpjdc5v',
      'qOOt5GbXJriAOqrZRARIwum01' + 'JjbDxFVTTslOgcuJdYnnQeaU6g',
    ],
  },
  {
    kind: 'private-key',
    carrier: 'pem',
    text:
      '-----BEGIN ' +
      'ENCRYPTED PRIVATE KEY-----\nMIIFHDBOBgkqhkiG9w0' +
      '5tre7zVlON2ZUcIZKLK1FC' +
      'vYa/L9pI3iZJsvGuOgGjAJe\n-----END ENCRYPTED PRIVATE KEY-----',
    secret: ['5tre7zVlON2Z' + 'UcIZKLK1FCvYa', 'L9pI3iZJs' + 'vGuOgGjAJe'],
  },
  {
    kind: 'private-key',
    carrier: 'pem',
    text:
      'key=-----BEGIN ' +
      'EC PRIVATE KEY-----\\nMHcCAQEEIO' +
      'HGneb5bG4GaUh/ivJ2NNHSY+03E' +
      'uo3N8+3wEkzP5P/E0xMviFaTIb8\\n' +
      '2n/ywFDcwsEcy7LbKEmmWZm4WdcPqshp' +
      'ZzDI9iVypz6ow8nJ1/P2A76FRjjHjP95\\n-----END EC PRIVATE KEY-----',
    secret: [
      'HGneb5bG4GaUh',
      'ivJ2NNHSY',
      '03Euo3N8',
      '3wEkzP5P',
      'E0xMviFaTIb8',
      'ywFDcwsEcy7LbKEmmWZm4Wd' + 'cPqshpZzDI9iVypz6ow8nJ1',
      'P2A76FRjjHjP95',
    ],
  },
  {
    kind: 'private-key',
    carrier: 'pem',
    text:
      '-----BEGIN ' +
      'RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,6DCC80E6847E4BC8FB891948CCFCF027\n\n' +
      'Z40Al3pyx4OtB76iZoiw8b/xtvdj0BvD' +
      'bEX8Q/8pSpkfbz/YnguFZu6uABv7pjgB\n-----END RSA PRIVATE KEY-----',
    secret: ['Z40Al3pyx4O' + 'tB76iZoiw8b', 'xtvdj0BvDbEX8Q', '8pSpkfbz', 'YnguFZu6' + 'uABv7pjgB'],
  },
  {
    kind: 'private-key',
    carrier: 'pem',
    text:
      '-----BEGIN ' +
      'DSA PRIVATE KEY-----\r\nMIIBuwIBAAKBgQ' +
      'I8QXlzGqCgXrXrzSIy1Jg5YQf' +
      '9n4+hp8H7vOTJYCy1whITg7VN\r\n-----END DSA PRIVATE KEY-----',
    secret: ['I8QXlzGqCgXrXr' + 'zSIy1Jg5YQf9n4', 'hp8H7vOTJY' + 'Cy1whITg7VN'],
  },
  {
    kind: 'private-key',
    carrier: 'pem',
    text:
      'read key: -----BEGIN ' +
      'PRIVATE KEY----- MIIEvgIBADANBgkq' +
      'XKxNmdiOk/0vANMlsdq/RXAO' +
      '+jHpYgcwsN3SUegKw+kRJ89D ' +
      'r4xCBaBvCL+VQaFFzH7k42NMSknw4NnM' +
      'n4cGh7w7snqICDgImIG9qPZEfb7QKWRx -----END PRIVATE KEY-----',
    secret: [
      'XKxNmdiOk',
      '0vANMlsdq',
      'RXAO',
      'jHpYgcws' + 'N3SUegKw',
      'kRJ89D',
      'r4xCBaBvCL',
      'VQaFFzH7k42NMSknw4NnMn4cGh' + '7w7snqICDgImIG9qPZEfb7QKWRx',
    ],
  },
  {
    kind: 'private-key',
    carrier: 'pem',
    text:
      'error:0909006C:PEM routines:get_name:no start line -----BEGIN ' +
      'PRIVATE KEY-----\nMIIEvAIBADANBgkq' +
      'xaiFtfYqpOnvpcVt8fNdd3SQ' +
      'WIooxeSlucTIo+KjGzK56Q/h\n' +
      'eKVVSkwXU2ebVWEeir8U97eQlFuelF37' +
      'g6hT6zJqFMpq1w0bgtEi/kKCzjj7CW6q',
    secret: [
      'xaiFtfYqpOnvpcVt8f' + 'Ndd3SQWIooxeSlucTIo',
      'KjGzK56Q',
      'eKVVSkwXU2ebVWEeir8U97eQlF' + 'uelF37g6hT6zJqFMpq1w0bgtEi',
      'kKCzjj7CW6q',
    ],
  },
  {
    kind: 'private-key',
    carrier: 'pem',
    text:
      '"-----BEGIN ' +
      'PRIVATE KEY-----\\\\nMC4CAQAwBQYDK2VwBCIEI' +
      '5SjsA9EUPuPYowEOIsUhu' +
      '/CzRieFNi4x5/FsqdcR0dI\\\\n-----END PRIVATE KEY-----\\\\n"',
    secret: ['5SjsA9EUPu' + 'PYowEOIsUhu', 'CzRieFNi4x5', 'FsqdcR0dI'],
  },
  {
    kind: 'pgp-key',
    carrier: 'pem',
    text:
      '-----BEGIN ' +
      'PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\nlQOYBF' +
      '23Qhg0Jqqn00GBiWryQlh6K4KPmPy' +
      'yM5qPPcn8+G+mKT7bs/UNO8FJisay\n' +
      'KjRfYCY8uC2aCpwADii7nUjE/4IK5g+r' +
      '/LBBF9HSbFl7pPzMb+wRRXWoVzvLXqQs\n=ab1C\n-----END PGP PRIVATE KEY BLOCK-----',
    secret: [
      '23Qhg0Jqqn00GBiWryQ' + 'lh6K4KPmPyyM5qPPcn8',
      'mKT7bs',
      'UNO8FJisay',
      'KjRfYCY8uC2a' + 'CpwADii7nUjE',
      '4IK5g',
      'LBBF9HSb' + 'Fl7pPzMb',
      'wRRXWoVzvLXqQs',
    ],
  },
  {
    kind: 'putty-key',
    carrier: 'pem',
    text:
      'PuTTY-User-' +
      'Key-File-3: ssh-ed25519\nEncryption: none\nComment: ann@host\nPrivate-Lines: 1\nAAAAI' +
      'bk3Rvq/iABiRTnHXRDc4D' +
      'sPu8eDvowxgK8vBJ0brqkv\nPrivate-MAC: ' +
      'cc5ddde329866643082bcf94bda70fca' +
      'e13acbddf35797f7b0631be5b34cdd65',
    secret: [
      'bk3Rvq',
      'iABiRTnHXRDc4DsPu8' + 'eDvowxgK8vBJ0brqkv',
      'cc5ddde329866643082bcf94bda70fca' + 'e13acbddf35797f7b0631be5b34cdd65',
    ],
  },
  {
    kind: 'putty-key',
    carrier: 'pem',
    text:
      'PuTTY-User-' +
      'Key-File-2: ssh-rsa\nEncryption: none\nPrivate-Lines: 2\n' +
      'HT4yi7Jscgb7wOD8iMnAqGMLZKPdUAkh' +
      'WormogUXNkDJUKeBZT3wRGFX+liYZPOt\n' +
      'umrdIUIV1T5qj4Vei2R+zH91d4l9zQx+' +
      'bOY+LawXZW91MMApx4TNY9wadd2rI1JF\nPrivate-MAC: ' +
      'f0e051066f86563be94b' +
      'b769a01b800050fbff70',
    secret: [
      'HT4yi7Jscgb7wOD8iMnAqGMLZKPd' + 'UAkhWormogUXNkDJUKeBZT3wRGFX',
      'liYZPOt',
      'umrdIUIV1' + 'T5qj4Vei2R',
      'zH91d4l9zQx',
      'LawXZW91MMApx4' + 'TNY9wadd2rI1JF',
      'f0e051066f86563be94b' + 'b769a01b800050fbff70',
    ],
  },
  {
    kind: 'age-key',
    carrier: 'pem',
    text:
      '# public key: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\nAGE-SECRET-' +
      'KEY-1' +
      'G7UQYLYW53Z28G4NGEHAATVJ8VHZ8' +
      '3LSLPZ88VE6VZ5UVL7U5LP4HFY2J3',
    secret: ['G7UQYLYW53Z28G4NGEHAATVJ8VHZ8' + '3LSLPZ88VE6VZ5UVL7U5LP4HFY2J3'],
  },
  {
    kind: 'wireguard',
    carrier: 'pem',
    text:
      '[Interface]\nPrivateKey = ' +
      'FSQxX5v/N7UzQ5B2tbq0Fb' +
      'zNd/12SHzzt5fktjFVAh2=\nAddress = 10.0.0.2/32',
    secret: ['FSQxX5v', 'N7UzQ5B2' + 'tbq0FbzNd', '12SHzzt5' + 'fktjFVAh2'],
  },
  {
    kind: 'openvpn',
    carrier: 'pem',
    text:
      '-----BEGIN ' +
      'OpenVPN Static key V1-----\n' +
      'c7f368f8e314a5d7' +
      '933585dc0d09f87c\n' +
      'b969fbd0027f6a65' +
      '15731e6710412d24\n-----END OpenVPN Static key V1-----',
    secret: ['c7f368f8e314a5d7' + '933585dc0d09f87c', 'b969fbd0027f6a65' + '15731e6710412d24'],
  },
  {
    kind: 'ssh2-key',
    carrier: 'pem',
    text:
      '---- BEGIN ' +
      'SSH2 ENCRYPTED PRIVATE KEY ----\nComment: "rsa-key"\nP2/56wAAA' +
      '24gjAEU7VqqDpdOOSbHBMSLfQjcfbZ' +
      '4yK5dHD6JYar+Np98AhhqSNERTK3Rb\n---- END SSH2 ENCRYPTED PRIVATE KEY ----',
    secret: ['24gjAEU7VqqDpdOOSbHBM' + 'SLfQjcfbZ4yK5dHD6JYar', 'Np98Ahhq' + 'SNERTK3Rb'],
  },
  {
    kind: 'private-key',
    carrier: 'pem',
    text:
      'new KeyObject: b64 pem LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQ' +
      'PwqRoFAhYnpEveqldm+k87EpHhXKFWagVZ1KQWF9gjsSF' +
      'sKBeqNlNKepXWurBr/Uns1SmMceF4luxLVBZTtfYWqF6T',
    secret: [
      'PwqRoFAhY' + 'npEveqldm',
      'k87EpHhXKFWagVZ1KQWF9' + 'gjsSFsKBeqNlNKepXWurBr',
      'Uns1SmMceF4lu' + 'xLVBZTtfYWqF6T',
    ],
  },
  {
    kind: 'preshared',
    carrier: 'pem',
    text:
      '[Peer]\nPublicKey = RvpsTAkZn/gqDmM9GpLEAuXu01H71umYW/RD2Dpkp/o=\nPresharedKey = ' +
      '7Of2VymdwfH0xfI+sOcOBU' +
      '96C0k1O9iQMwd0Jjkd47g=',
    secret: ['7Of2VymdwfH0xfI', 'sOcOBU96C0k1O' + '9iQMwd0Jjkd47g'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: "Error: Access denied for user 'app'@'10.0.0.3' (using password: p4ss-Shown)",
    secret: ['p4ss', 'Shown'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: 'Error: connect failed, config was {"user":"app","password":"1n-Message"}\n    at Pool.connect (/app/db.js:12:9)',
    secret: ['Message'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: "AssertionError: expected 'exp3cted-Pw' to equal 'act0al-Pw' for field password",
    secret: ['exp3cted', 'act0al'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: 'ValidationError: "password" with value "j0i-Val1d8r" fails to match the required pattern',
    secret: ['Val1d8r'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: 'ZodError: [{"code":"too_small","path":["password"],"received":"z0d-Recv","minimum":12}]',
    secret: ['Recv'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: 'pg: error: FATAL: password authentication failed, conninfo "user=app password=c0nn-Info host=db"',
    secret: ['c0nn', 'Info'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: 'System.Data.SqlClient.SqlException: Login failed. ConnectionString: Server=x;User=sa;Password=n3t-Exc3pt',
    secret: ['Exc3pt'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: 'java.sql.SQLException: No suitable driver for jdbc:mysql://h/db?user=u&password=j4va-Ex',
    secret: ['j4va'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: 'org.hibernate.PropertyValueException: User(id=4, name=ann, password=t0-String, active=true)',
    secret: ['String'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: "PHP Fatal error: Uncaught PDOException in /app/db.php:8\n#0 PDO->__construct('mysql:host=db', 'root', 'pd0-Trace')",
    secret: ['Trace'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: 'Thrown: LoginCommand { Username = bo, Password = c#-Rec0rd, Tenant = x }',
    secret: ['Rec0rd'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: 'thread \'main\' panicked: Config { user: "app", password: "ru5t-Debug", port: 5432 }',
    secret: ['ru5t', 'Debug'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: 'panic: &{User:app Password:g0-Struct Host:db Port:5432}',
    secret: ['Struct'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: '#<User id: 4, name: "ann", password: "rub4-Insp", role: nil>',
    secret: ['rub4', 'Insp'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: 'ActionController::ParameterMissing Parameters: {"user"=>{"email"=>"a@x.example", "password"=>"r4ils-Hash"}}',
    secret: ['r4ils'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: '(MyApp) %Ecto.Changeset{changes: %{email: "a@x.example", password: "el1xir-Cs"}}',
    secret: ['el1xir'],
  },
  {
    kind: 'password',
    carrier: 'exception',
    text: "AxiosError: Request failed with status code 401 config.auth: { username: 'svc', password: 'ax1os-Auth' }",
    secret: ['ax1os', 'Auth'],
  },
  {
    kind: 'bearer',
    carrier: 'exception',
    text:
      "AxiosError: 403 headers: AxiosHeaders { Accept: '*/*', Authorization: 'Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." +
      'eyJzdWIiOiI3MTMzNyIsIm5hbWUiOiJldmEiLCJleHAiOjE3MDI1' +
      "MTg0ODR9.DgKXsPSF3dPU3fUqbasPjUtA-_XVLHOEq-nku-febQw' }",
    secret: [
      'eyJzdWIiOiI3MTMzNyIsIm5hbWUiOi' + 'JldmEiLCJleHAiOjE3MDI1MTg0ODR9',
      'DgKXsPSF3dPU' + '3fUqbasPjUtA',
      'XVLHOEq',
      'febQw',
    ],
  },
  {
    kind: 'openai-key',
    carrier: 'exception',
    text:
      'Error: 401 Incorrect API key provided: sk-' +
      'vQFadEd2Ku4nNY7MkiWlWKai' +
      'HbjgWk1LyJH3mVaUFQ35X2qC. You can find your key at the dashboard.',
    secret: ['vQFadEd2Ku4nNY7MkiWlWKai' + 'HbjgWk1LyJH3mVaUFQ35X2qC'],
  },
  {
    kind: 'jwt',
    carrier: 'exception',
    text:
      'JsonWebTokenError: invalid signature for eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.' +
      'eyJzdWIiOiI2MDc4MCIsIm5hbWUiOiJncmFjZSIsImV4cCI6MTcwM' +
      'jEwMzQ5Mn0.brSIGRuXOrKrC3Tp-nvp5KuQlMGApYLfH_kM0BrLDQs',
    secret: [
      'eyJzdWIiOiI2MDc4MCIsIm5hbWUiOiJ' + 'ncmFjZSIsImV4cCI6MTcwMjEwMzQ5Mn0',
      'brSIGRuX' + 'OrKrC3Tp',
      'nvp5KuQl' + 'MGApYLfH',
      'kM0BrLDQs',
    ],
  },
  {
    kind: 'jwt',
    carrier: 'exception',
    text:
      'io.jsonwebtoken.ExpiredJwtException: JWT eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImFjY2IwZjdiIn0.' +
      'eyJzdWIiOiI1NzQxNiIsIm5hbWUiOiJqb25hcyIsImV4cCI6MTcwOTAzNzQ5N30.nimjwu27Luh' +
      '-19fF3wvfMblvQLhO1BWdC1u9lELKRNxPSVcjBRhQvk1YcI7JqAKr3mrukY523el5Wnq8YTNSBQ expired 12 ms ago',
    secret: [
      'eyJzdWIiOiI1NzQxNiIsIm5hbWUiOiJ' + 'qb25hcyIsImV4cCI6MTcwOTAzNzQ5N30',
      'nimjwu27Luh',
      '19fF3wvfMblvQLhO1BWdC1u9lELKRNxPSVcjB' + 'RhQvk1YcI7JqAKr3mrukY523el5Wnq8YTNSBQ',
    ],
  },
  {
    kind: 'aws-access-key',
    carrier: 'exception',
    text:
      'InvalidAccessKeyId: The AWS Access Key Id AKIA' +
      'HY2WHK2M' +
      'FZRVWYXB does not exist in our records',
    secret: ['HY2WHK2M' + 'FZRVWYXB'],
  },
  {
    kind: 'github-token',
    carrier: 'exception',
    text: 'HttpError: Bad credentials (token=ghu_' + '8hATvdmpXDhspKmQN9' + 'FXyC6nFs2DuebsFTdB)',
    secret: ['8hATvdmpXDhspKmQN9' + 'FXyC6nFs2DuebsFTdB'],
  },
  {
    kind: 'card',
    carrier: 'exception',
    text: 'CardError: Your card ' + '43708372' + '04414402 was declined',
    secret: ['43708372' + '04414402', '720441'],
  },
  {
    kind: 'card',
    carrier: 'exception',
    text: "ValueError: invalid literal for int(): '" + '5443-4594' + "-5426-3601'",
    secret: ['5443-4594' + '-5426-3601'],
  },
  {
    kind: 'mongo',
    carrier: 'exception',
    text:
      'MongoServerError: E11000 duplicate key error dup key: { apiKey: "' +
      'p1POjGBRpnMi9wXG' +
      'cnRDJ0C0ry3sueQs" }',
    secret: ['p1POjGBRpnMi9wXG' + 'cnRDJ0C0ry3sueQs'],
  },
  {
    kind: 'postgres',
    carrier: 'exception',
    text:
      'ERROR: duplicate key value violates unique constraint DETAIL: Key (api_token)=(' +
      'b37dd4964968b58c3cef' +
      '882c0b05b1956a612128) already exists.',
    secret: ['b37dd4964968b58c3cef' + '882c0b05b1956a612128'],
  },
  {
    kind: 'decode',
    carrier: 'exception',
    text: "base64 decode error in header 'Basic " + 'YW5uOnRyNG5z' + "aXQtRHVzdA=='",
    secret: ['YW5uOnRyNG5' + 'zaXQtRHVzdA'],
  },
  {
    kind: 'stripe-key',
    carrier: 'exception',
    text:
      'StripeAuthenticationError: Expired API Key provided: rk_live_' +
      'VWn1uXdVQP5ciGCo' +
      'PZSXl912EXhznDFl',
    secret: ['VWn1uXdVQP5ciGCo' + 'PZSXl912EXhznDFl'],
  },
  {
    kind: 'password',
    carrier: 'python-repr',
    text: "{'user': 'ann', 'password': 'pyth0n-Repr', 'active': True}",
    secret: ['pyth0n', 'Repr'],
  },
  {
    kind: 'password',
    carrier: 'python-repr',
    text: "{'user': 'bo', 'password': \"it's-Pyth0n\", 'n': None}",
    secret: ['Pyth0n'],
  },
  {
    kind: 'password',
    carrier: 'python-repr',
    text: "<QueryDict: {'username': ['eva'], 'password': ['qu3ry-Dict']}>",
    secret: ['qu3ry'],
  },
  {
    kind: 'password',
    carrier: 'python-repr',
    text: "ImmutableMultiDict([('user', 'grace'), ('password', 'fl4sk-Multi')])",
    secret: ['fl4sk'],
  },
  {
    kind: 'password',
    carrier: 'python-repr',
    text: "Settings(host='db', password='dat4-Class', port=5432)",
    secret: ['dat4', 'Class'],
  },
  {
    kind: 'password',
    carrier: 'python-repr',
    text: "b'username=ann&password=byt3s-Body'",
    secret: ['byt3s', 'Body'],
  },
  {
    kind: 'password',
    carrier: 'python-repr',
    text: "{b'user': b'ann', b'password': b'byt3-Keys\\x9f'}",
    secret: ['byt3', 'Keys'],
  },
  {
    kind: 'password',
    carrier: 'python-repr',
    text: "Namespace(host='x', password='arg-P4rse', verbose=False)",
    secret: ['P4rse'],
  },
  {
    kind: 'password',
    carrier: 'python-repr',
    text: "OrderedDict([('password', '0rdered-D'), ('user', 'x')])",
    secret: ['0rdered'],
  },
  {
    kind: 'password',
    carrier: 'python-repr',
    text: "Login(username=u'bo', password=u'un1code-U')",
    secret: ['un1code'],
  },
  {
    kind: 'bearer',
    carrier: 'python-repr',
    text:
      "{'Authorization': 'Bearer " +
      'F45NXCkNkbG4E5R0IBZx' +
      "dinxcFDcX3uXJ2eqzGBu', 'Accept-Encoding': 'gzip'}",
    secret: ['F45NXCkNkbG4E5R0IBZx' + 'dinxcFDcX3uXJ2eqzGBu'],
  },
  {
    kind: 'api-key',
    carrier: 'python-repr',
    text:
      "requests.get('https://x.example', headers={'X-API-KEY': '" +
      '9afac2759a6aa868' +
      "7e02610dfd567a74'}) -> 403",
    secret: ['9afac2759a6aa868' + '7e02610dfd567a74'],
  },
  {
    kind: 'api-key',
    carrier: 'python-repr',
    text: 'openai.api_key = "sk-' + 'gmgAAfwDxINzeB4qoVujRLMO' + 'af3y7MFRCEdz3pSI7m4pzOvg"',
    secret: ['gmgAAfwDxINzeB4qoVujRLMO' + 'af3y7MFRCEdz3pSI7m4pzOvg'],
  },
  {
    kind: 'basic-auth',
    carrier: 'python-repr',
    text: "requests.post(url, auth=('ann', 'tupl3-Auth'), timeout=5)",
    secret: ['tupl3', 'Auth'],
  },
  {
    kind: 'cookie',
    carrier: 'python-repr',
    text: '<RequestsCookieJar[<Cookie sessionid=' + '2zu29054gv0pke6q' + 'aby390fgu2cq4u89 for x.example/>]>',
    secret: ['2zu29054gv0pke6q' + 'aby390fgu2cq4u89'],
  },
  {
    kind: 'password',
    carrier: 'multipart',
    text: '--B1\r\nContent-Disposition: form-data; name="password"\r\n\r\nmult1-Part\r\n--B1--',
    secret: ['mult1', 'Part'],
  },
  {
    kind: 'password',
    carrier: 'multipart',
    text: '------WebKitFormBoundary7MA4YWxk\r\nContent-Disposition: form-data; name="user"\r\n\r\nbo\r\n------WebKitFormBoundary7MA4YWxk\r\nContent-Disposition: form-data; name="passwd"\r\n\r\nweb-K1t F0rmy\r\n------WebKitFormBoundary7MA4YWxk--',
    secret: ['F0rmy'],
  },
  {
    kind: 'card',
    carrier: 'multipart',
    text:
      '--x\r\nContent-Disposition: form-data; name="card_number"\r\n\r\n' +
      '4547 0486' +
      ' 3911 8109\r\n--x--',
    secret: ['4547 0486' + ' 3911 8109'],
  },
  {
    kind: 'private-key',
    carrier: 'multipart',
    text:
      '--x\r\nContent-Disposition: form-data; name="k"; filename="id_rsa"\r\n\r\n-----BEGIN ' +
      'RSA PRIVATE KEY-----\r\nMIIEogIBAAKCAQEA' +
      '79KwGE2VDTypfWZQC+jHoOpU' +
      '65X6878tJ8alItnkOwyOy2i5\r\n-----END RSA PRIVATE KEY-----\r\n--x--',
    secret: ['79KwGE2V' + 'DTypfWZQC', 'jHoOpU65X6878tJ' + '8alItnkOwyOy2i5'],
  },
  {
    kind: 'api-key',
    carrier: 'multipart',
    text:
      '--b\\r\\nContent-Disposition: form-data; name=\\"api_key\\"\\r\\n\\r\\n' +
      'RIPylh7xJ4SBfE2h' +
      'U2oluAgFKDGJHPZY\\r\\n--b--',
    secret: ['RIPylh7xJ4SBfE2h' + 'U2oluAgFKDGJHPZY'],
  },
  {
    kind: 'oauth-token',
    carrier: 'multipart',
    text:
      '--z\nContent-Disposition: form-data; name=refresh_token\n\n' +
      'O3uFUWIgtsQx6uH0qLrnrjd9l' +
      'EqWBnufQh_t9-J_WppPP7_piA\n--z--',
    secret: ['O3uFUWIgtsQx6uH0q' + 'Lrnrjd9lEqWBnufQh', 'WppPP7'],
  },
  {
    kind: 'password',
    carrier: 'multipart',
    text: '--q\r\nContent-Disposition: form-data; name="password"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\ntyp3d-Part\r\n--q--',
    secret: ['typ3d', 'Part'],
  },
  {
    kind: 'password',
    carrier: 'logfmt',
    text: 'level=info msg="login" user=ann password=l0gfmt-Pw ip=10.0.0.3',
    secret: ['l0gfmt'],
  },
  {
    kind: 'password',
    carrier: 'logfmt',
    text: 'level=warn user=bo password="l0gfmt q \\" pw" ok=false',
    secret: ['l0gfmt'],
  },
  {
    kind: 'password',
    carrier: 'logfmt',
    text: 'ts=2024-01-01T00:00:00Z req.body.password=d0tted-Key status=401',
    secret: ['d0tted'],
  },
  {
    kind: 'api-key',
    carrier: 'logfmt',
    text: 'at=error api_key=' + 'a3fE140L67Wcc0tC' + 'dCaEdVpDJNbVG64i path=/v1/x fwd=1.2.3.4',
    secret: ['a3fE140L67Wcc0tC' + 'dCaEdVpDJNbVG64i'],
  },
  {
    kind: 'session',
    carrier: 'logfmt',
    text: 'level=debug session_id=' + '130dc622493657d8' + '737fd34af5b90bbf path=/ dur=3ms',
    secret: ['130dc622493657d8' + '737fd34af5b90bbf'],
  },
  {
    kind: 'bearer',
    carrier: 'logfmt',
    text: 'level=debug authorization="Bearer ' + 'zUg1wwHePt8HdLWum0MB' + 'rOssA8ohjzz8FS4xkQC9" path=/me',
    secret: ['zUg1wwHePt8HdLWum0MB' + 'rOssA8ohjzz8FS4xkQC9'],
  },
  {
    kind: 'oauth-token',
    carrier: 'logfmt',
    text: 'msg=refresh access_token=' + 'XR8rysSW04ZraODz2p4l' + 'ZmSb2IuW2d7DRnxENStl user_id=9',
    secret: ['XR8rysSW04ZraODz2p4l' + 'ZmSb2IuW2d7DRnxENStl'],
  },
  {
    kind: 'otp',
    carrier: 'logfmt',
    text: 'msg="sms sent" to=+4915112345678 otp_code=552901',
    secret: ['552901'],
  },
  {
    kind: 'card',
    carrier: 'logfmt',
    text: 'msg=charge card=' + '44480598' + '90209008 amount=100',
    secret: ['44480598' + '90209008', '989020'],
  },
  {
    kind: 'password',
    carrier: 'logfmt',
    text: 'level=error err="dial: password=n3sted-Lf rejected" host=db',
    secret: ['n3sted'],
  },
  {
    kind: 'secret',
    carrier: 'logfmt',
    text: 'msg="rotated" old_secret=r0tated-Old new_secret=r0tated-New kid=4',
    secret: ['r0tated'],
  },
  {
    kind: 'password',
    carrier: 'csv',
    text: 'id,username,password,role\n1,ann,csv-C0lumn,admin',
    secret: ['C0lumn'],
  },
  { kind: 'password', carrier: 'csv', text: '"user";"password"\n"bo";"csv;Sem1"', secret: ['Sem1'] },
  {
    kind: 'password',
    carrier: 'csv',
    text: 'email\tpassword\tcreated\neva@x.example\tt4b-Separ\t2024-01-01',
    secret: ['Separ'],
  },
  {
    kind: 'password-hash',
    carrier: 'csv',
    text:
      '4,ann@example.com,$2a$12$' + 'ecyY8LxApbTQPA1mBuy8Mp7/z0' + 'Bc94qhtKyu9bT0pX9sEeaZxELSh,2024-01-02',
    secret: ['ecyY8LxApbT' + 'QPA1mBuy8Mp7', 'z0Bc94qhtKyu9b' + 'T0pX9sEeaZxELSh'],
  },
  {
    kind: 'card',
    carrier: 'csv',
    text: '2024-01-01,' + '44301100' + '41227306,EUR,12.00,approved',
    secret: ['44301100' + '41227306', '004122'],
  },
  {
    kind: 'card',
    carrier: 'csv',
    text: '"Hopper, G.","' + '3496-326' + '414-58971","12/27"',
    secret: ['3496-326' + '414-58971'],
  },
  {
    kind: 'api-key',
    carrier: 'csv',
    text: 'name,key\nci,ghp_' + 'kkfZjSIwsGEAuVXt3L' + 'C5ha0MDzysF7SbU4nK',
    secret: ['kkfZjSIwsGEAuVXt3L' + 'C5ha0MDzysF7SbU4nK'],
  },
  {
    kind: 'aws-secret-key',
    carrier: 'csv',
    text:
      'User name,Access key ID,Secret access key\ndeploy,AKIA' +
      '2LWULWUGKNLEGDVJ,' +
      'WSsfakGclDQ7o1Mhl89y' +
      'R2kHGoYSdoC0ufnUUlCX',
    secret: ['WSsfakGclDQ7o1Mhl89y' + 'R2kHGoYSdoC0ufnUUlCX'],
  },
  { kind: 'ssn', carrier: 'csv', text: 'name,ssn,zip\nBo Chen,457-55-5462,10001', secret: ['457-55-5462'] },
  {
    kind: 'session',
    carrier: 'cookie',
    text: 'Cookie: theme=dark; sessionid=' + 'v6mlnm6cfrd7f30l' + 'yjl8a6ua9jo0w01z; lang=en',
    secret: ['v6mlnm6cfrd7f30l' + 'yjl8a6ua9jo0w01z'],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text: 'Set-Cookie: JSESSIONID=' + 'F5806BEB04FBDD8E' + 'FA2CBC8AAA94EEA7; Path=/; HttpOnly',
    secret: ['F5806BEB04FBDD8E' + 'FA2CBC8AAA94EEA7'],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text:
      'set-cookie: __Host-sid=' +
      'iezC1o6noViUGy45W3f7y' +
      'J7RI4VfX70c-fuiXkT6lLW; Path=/; Secure; SameSite=Lax',
    secret: ['iezC1o6noViUGy45' + 'W3f7yJ7RI4VfX70c', 'fuiXkT6lLW'],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text: 'Cookie: PHPSESSID=' + 'ffa6q1gydw6y4' + 'it7qtguhlx2p5',
    secret: ['ffa6q1gydw6y4' + 'it7qtguhlx2p5'],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text:
      'Cookie: _ga=GA1.2.1234567890.1700000000; laravel_session=eyJpdiI6I' +
      'tHFHN9j5tQiQvodQ0URaEA5SqsQMujRfOA0RVDE2W' +
      'NMjvTngeybcV30T2ImLlozWNfqDryAog8iybbzv%3D',
    secret: ['tHFHN9j5tQiQvodQ0URaEA5SqsQMujRfOA0RVDE2' + 'WNMjvTngeybcV30T2ImLlozWNfqDryAog8iybbzv'],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text: 'Cookie: ASP.NET_SessionId=' + 'q3kiepo43ho1' + 'bxd32gmedlve; culture=de',
    secret: ['q3kiepo43ho1' + 'bxd32gmedlve'],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text:
      'Cookie: .AspNetCore.Identity.Application=CfDJ8' +
      'bfvJVINoD34UnvZciTpM_jezHtYveJTrYt1acLO8RiHE6wVr0k' +
      '8PU7ok08X7kqzRP3tXKUqmPqQwQKgePD9OntAmxE0vDwYCY7XI',
    secret: [
      'bfvJVINoD3' + '4UnvZciTpM',
      'jezHtYveJTrYt1acLO8RiHE6wVr0k8PU7ok08X7' + 'kqzRP3tXKUqmPqQwQKgePD9OntAmxE0vDwYCY7XI',
    ],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text:
      'Cookie: connect.sid=s%3A' +
      'S_MXVXzo4AmVeIJp2PI2tDvl8YGqLDIF.5gZS5nt' +
      '%2Fi6UactEOTes%2FaXpwLsnMWWsAltw9MADCVf1; a=b',
    secret: ['MXVXzo4AmVeIJp2' + 'PI2tDvl8YGqLDIF', '5gZS5nt', 'i6UactEOTes', 'aXpwLsnMWWs' + 'Altw9MADCVf1'],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text: 'Cookie: remember_token=' + 'y-DCwgmMr7W' + '4_J7dC_ByCV; locale=fr',
    secret: ['DCwgmMr7W4', 'J7dC', 'ByCV'],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text: 'Set-Cookie: XSRF-TOKEN=' + 'LIBdgrhET8q2WaV2c7WE6' + 'bpZIFAlFOqFefPXmzvqJs8; Path=/',
    secret: ['LIBdgrhET8q2WaV2c7WE6' + 'bpZIFAlFOqFefPXmzvqJs8'],
  },
  {
    kind: 'jwt',
    carrier: 'cookie',
    text:
      'Cookie: access_token="eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.' +
      'eyJzdWIiOiI1MzkxMiIsIm5hbWUiOiJhbm4iLCJleHAiOjE3MDU4' +
      'Mzk3OTh9.BmljRYWMFWlGdSQmWJcqzLopSmNVRKBYyk6VkWao7j8"; v=1',
    secret: [
      'eyJzdWIiOiI1MzkxMiIsIm5hbWUiOi' + 'Jhbm4iLCJleHAiOjE3MDU4Mzk3OTh9',
      'BmljRYWMFWlGdSQmWJcqz' + 'LopSmNVRKBYyk6VkWao7j8',
    ],
  },
  {
    kind: 'jwt',
    carrier: 'cookie',
    text:
      'set-cookie: next-auth.session-token=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.' +
      'eyJzdWIiOiIxODI1MCIsIm5hbWUiOiJhbm4iLCJleHAiOjE3MDE5' +
      'Nzg0Mzh9.5jXBPg6kOPD8R77USrDTH0K43sq3OS8rokDEknu9BGc; HttpOnly',
    secret: [
      'eyJzdWIiOiIxODI1MCIsIm5hbWUiOi' + 'Jhbm4iLCJleHAiOjE3MDE5Nzg0Mzh9',
      '5jXBPg6kOPD8R77USrDTH' + '0K43sq3OS8rokDEknu9BGc',
    ],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text: "cookies: { sid: '" + 'DnOyVYEtBOWpeaZ0' + "ak8I68m04YtgZw4I', theme: 'light' }",
    secret: ['DnOyVYEtBOWpeaZ0' + 'ak8I68m04YtgZw4I'],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text:
      'Cookie: wordpress_logged_in_f36e9d0113782fe2fd2f977e23a94183=admin%7C1700000000%7C' +
      'nDHk3By6GhuyeHui1315jDLLg3PZKkKm9ROyVZo3kuB%7C10181c981' +
      'ed9d86202210de606095cd2bb2c910c6fb0168f2fc944b2a8cf0d4e',
    secret: [
      'nDHk3By6GhuyeHui1315j' + 'DLLg3PZKkKm9ROyVZo3kuB',
      '10181c981ed9d86202210de606095cd2' + 'bb2c910c6fb0168f2fc944b2a8cf0d4e',
    ],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text: 'Cookie: _gitlab_session=' + 'a81875080316e396' + 'c5655925282afa76; sidebar_collapsed=false',
    secret: ['a81875080316e396' + 'c5655925282afa76'],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text:
      'Cookie: auth=Fe26.2**' +
      '67eb992456cdbc68d52d3b207fd7b717d236fe1faf5370f2800f6a3476c41999*MyBO9ETus' +
      '5HMYcptlsJviq*mr0BV-uaAMfWNm64eu4QbEgoieBWgk5Kg_NbeErg5eG4oq1Zt1kpxBLWTAlT',
    secret: [
      '67eb992456cdbc68d52d3b207fd7b717' + 'd236fe1faf5370f2800f6a3476c41999',
      'MyBO9ETus5H' + 'MYcptlsJviq',
      'mr0BV',
      'uaAMfWNm64eu4' + 'QbEgoieBWgk5Kg',
      'NbeErg5eG4oq1' + 'Zt1kpxBLWTAlT',
    ],
  },
  {
    kind: 'session',
    carrier: 'cookie',
    text:
      '"cookie": "session=.eJw' +
      'Ueof0hA_hNp0rS-PBOpNR5taLB-tMyCnpRU2R5he2GZLNxU' +
      'SuT8OvitxnhGN.Zx1abc.7neZ2-WeONsp5BzBqDNDwRMBenQ; tz=UTC"',
    secret: [
      'Ueof0hA',
      'hNp0rS',
      'PBOpNR5taLB',
      'tMyCnpRU2R5he2GZ' + 'LNxUSuT8OvitxnhGN',
      'Zx1abc',
      '7neZ2',
      'WeONsp5BzB' + 'qDNDwRMBenQ',
    ],
  },
  {
    kind: 'cloud-cookie',
    carrier: 'cookie',
    text:
      'Cookie: CloudFront-Signature=' +
      'xo9tPaxdznpJH9ykEKrSxFUCYEdkUyeNoh0s8SpnVd5Gb' +
      'MC6vdOKrakH_4EmhTipgUTA0cqH1ZBFwmuead8W9obVir; CloudFront-Key-Pair-Id=APKAIATXEXAMPLE',
    secret: [
      'xo9tPaxdznpJH9ykEKrSxFUCYEdk' + 'UyeNoh0s8SpnVd5GbMC6vdOKrakH',
      '4EmhTipgUTA0cqH1' + 'ZBFwmuead8W9obVir',
    ],
  },
  {
    kind: 'password',
    carrier: 'graphql',
    text: '{"query":"mutation($p:String!){login(password:$p){id}}","variables":{"p":"x","password":"gr4ph-Var"}}',
    secret: ['gr4ph'],
  },
  {
    kind: 'password',
    carrier: 'graphql',
    text: 'mutation { login(email: "a@x.example", password: "1nline-Gql) { token } }',
    secret: ['1nline'],
  },
  {
    kind: 'password',
    carrier: 'graphql',
    text: '{"query":"mutation { signIn(user: \\"bo\\", password: \\"esc-Gql-9) { ok } }"}',
    secret: ['esc-Gql-9'],
  },
  {
    kind: 'password',
    carrier: 'graphql',
    text: 'mutation { createUser(input: {name: "eva", password: """bl0ck-Gql"""}) { id } }',
    secret: ['bl0ck'],
  },
  {
    kind: 'oauth-token',
    carrier: 'graphql',
    text:
      '{"data":{"login":{"accessToken":"' +
      '3xeTj2NC4AYXU4LP2OIg' +
      'chjiVTHNQ2KtKn1bxjqE","user":{"id":"4"}}}}',
    secret: ['3xeTj2NC4AYXU4LP2OIg' + 'chjiVTHNQ2KtKn1bxjqE'],
  },
  {
    kind: 'api-key',
    carrier: 'graphql',
    text:
      'variables: {"input":{"apiKey":"' +
      'uUHCHv0omAGBQRIk' +
      'OXxq7GOgFdp1DiC3","enabled":true}} operationName: SetKey',
    secret: ['uUHCHv0omAGBQRIk' + 'OXxq7GOgFdp1DiC3'],
  },
  {
    kind: 'card',
    carrier: 'graphql',
    text: '{"variables":{"card":{"number":"' + '4162 0330' + ' 0682 7007","cvv":"207"}}}',
    secret: ['4162 0330' + ' 0682 7007', '207'],
  },
  {
    kind: 'password',
    carrier: 'url-encoded-json',
    text: 'data=%7B%22user%22%3A%22ann%22%2C%22password%22%3A%22perc3nt-Json%22%7D',
    secret: ['perc3nt', 'Json'],
  },
  {
    kind: 'password',
    carrier: 'url-encoded-json',
    text: 'GET /api?filter=%7B%22pwd%22:%22h4lf-Enc%22%7D 400',
    secret: ['h4lf'],
  },
  {
    kind: 'password',
    carrier: 'url-encoded-json',
    text: 'payload=%257B%2522password%2522%253A%2522d0uble-Enc%2522%257D',
    secret: ['d0uble'],
  },
  {
    kind: 'api-key',
    carrier: 'url-encoded-json',
    text: 'q=%7B%22apiKey%22%3A%22' + 'rVn6nCOwCuhtil4j' + '6Xtkwl0QSpaq4lYz%22%7D&v=1',
    secret: ['rVn6nCOwCuhtil4j' + '6Xtkwl0QSpaq4lYz'],
  },
  {
    kind: 'oauth-token',
    carrier: 'url-encoded-json',
    text:
      'state=%7B%22access_token%22%3A%22' +
      'jKv6jZHwHd0m6nPcwzb4' +
      '5NntqVgN9HDziUYdnQv2%22%2C%22u%22%3A4%7D',
    secret: ['jKv6jZHwHd0m6nPcwzb4' + '5NntqVgN9HDziUYdnQv2'],
  },
  {
    kind: 'card',
    carrier: 'url-encoded-json',
    text: 'p=%7B%22number%22%3A%22' + '42201648' + '37803089%22%2C%22cvc%22%3A%22916%22%7D',
    secret: ['42201648' + '37803089', '483780', '916'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'shadow: root:$6$' +
      'Yu2ems/MMG5Dnscd$fSdi3aQzKvS1MDmXvBo.S6saXNQ99Q19lC' +
      '29x8gH8G2qtopnlzzBb8788ZFHJmhPYDlhsj8pHAcUGwced015C0:19000:0:99999:7:::',
    secret: [
      'Yu2ems',
      'MMG5Dnscd',
      'fSdi3aQzK' + 'vS1MDmXvBo',
      'S6saXNQ99Q19lC29x8gH8G2qtopnlzzBb' + '8788ZFHJmhPYDlhsj8pHAcUGwced015C0',
    ],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text: 'shadow: svc:$5$' + 'WvduBlwCisifc3sM$haMi3NaFE6mOQ' + 'r527LgjxQKvzlpiwEhqMCQW.WAed8I:18000::::::',
    secret: ['WvduBlwC' + 'isifc3sM', 'haMi3NaFE6mOQr527L' + 'gjxQKvzlpiwEhqMCQW', 'WAed8I'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text: 'old crypt hash $1$' + 'gzzVtiO9$7qch.g' + 'y0Nh0Pf2E2fDCemO upgraded for user bo',
    secret: ['gzzVtiO9', '7qch', 'gy0Nh0Pf' + '2E2fDCemO'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'passlib verify failed for $scrypt$ln=16,r=8,p=1$' +
      'mAXJS1Q1pHidOX0ZXZstHK$4w7GymvdGX' +
      '6du1mMvZwrmTxerRX7lrhQ4E8mQoT3Z2G',
    secret: ['mAXJS1Q1pHi' + 'dOX0ZXZstHK', '4w7GymvdGX6du1mMvZwrm' + 'TxerRX7lrhQ4E8mQoT3Z2G'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'django check_password pbkdf2_sha256$600000$' +
      'IAEQp7Uh6UxB1ZpRmNMGtm$9x/6Aodbg6' +
      'JY7smWFSQfL1+NekJ+RIWwI/f6K726Y+G= mismatch',
    secret: ['IAEQp7Uh6Ux' + 'B1ZpRmNMGtm', '6Aodbg6JY' + '7smWFSQfL1', 'NekJ', 'RIWwI', 'f6K726Y'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'werkzeug pbkdf2:sha256:260000$' +
      'scKbrmr8IsiGYGCF$08e60027819f9882cb7830b' +
      '4c81517b820446527f5546576bdbfaa4d0b4f195f does not match',
    secret: [
      'scKbrmr8' + 'IsiGYGCF',
      '08e60027819f9882cb7830b4c81517b8' + '20446527f5546576bdbfaa4d0b4f195f',
    ],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'werkzeug hash scrypt:32768:8:1$' +
      'U343ZABGRXe2S6Mx$e0ca7a763241c85f1b18920e4f7953e10d744b2538d3e5899808f49' +
      'b33fa0dd19c017b0e0bb233ca2d8297cf5915c8a2112e54ec5b463fa7b3d6f39d0d144c3a',
    secret: [
      'U343ZABG' + 'RXe2S6Mx',
      'e0ca7a763241c85f1b18920e4f7953e10d744b2538d3e5899808f49b33fa0dd1' +
        '9c017b0e0bb233ca2d8297cf5915c8a2112e54ec5b463fa7b3d6f39d0d144c3a',
    ],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'Rehash needed: $argon2i$v=19$m=4096,t=3,p=1$' +
      '6SJ9dxXs3Ua9supqH3w0cO$yh9aztCEnF' +
      'R2ZdKurlZ1DhWl0nBzESvidykcnI0PC0W',
    secret: ['6SJ9dxXs3Ua' + '9supqH3w0cO', 'yh9aztCEnFR2ZdKurlZ1D' + 'hWl0nBzESvidykcnI0PC0W'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'yescrypt $y$j9T$' +
      'KJLxDk6dH6fFhRjR8cEX.D$vgPo6ph/WH' +
      'yMJ.p9tGy2Ronk9Zqy54firWJ5CFWFXOq for user ann',
    secret: ['KJLxDk6dH6' + 'fFhRjR8cEX', 'vgPo6ph', 'WHyMJ', 'p9tGy2Ronk9Zqy' + '54firWJ5CFWFXOq'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text: 'phpass $P$B' + 'iR0B0IdPXf3ZiYN' + 'Frcy3xszt65BjhJ migrated for wp user 12',
    secret: ['iR0B0IdPXf3ZiYN' + 'Frcy3xszt65BjhJ'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text: 'drupal7 hash $S$D' + '89i1.1n5SA3PsP5OD/ezZ1QC/' + 'FsdbdeNsM2KIMGAjgU.fIdx3As checked',
    secret: ['89i1', '1n5SA3PsP5OD', 'ezZ1QC', 'FsdbdeNsM' + '2KIMGAjgU', 'fIdx3As'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text: 'Administrator:500:aad3b435b51404eeaad3b435b51404ee:' + '0e5ab39e0383cdd5' + '755c3d0876435d2b:::',
    secret: ['0e5ab39e0383cdd5' + '755c3d0876435d2b'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text: 'ntlm_hash=' + 'CE01A42079C656B7' + 'FA98E8819B214009 for CORP\\ann',
    secret: ['CE01A42079C656B7' + 'FA98E8819B214009'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'pg_authid.rolpassword = SCRAM-SHA-256$4096:' +
      'oQu7fR2f1+mZKqX0Zeh3GT==$XHhaj8zy+ZXmPTkjFSLToPtaALNxHalo' +
      'WtE4hVoTqr7=:BlW18cFUzvXL2R8ImXW+jXFMxlN9R5z1oQ8j8zDtW8L=',
    secret: [
      'oQu7fR2f1',
      'mZKqX0Zeh3GT',
      'XHhaj8zy',
      'ZXmPTkjFSLToPtaAL' + 'NxHaloWtE4hVoTqr7',
      'BlW18cFUz' + 'vXL2R8ImXW',
      'jXFMxlN9R5z' + '1oQ8j8zDtW8L',
    ],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text: 'mysql.user authentication_string *' + 'C970FBD49FACCEC192BE' + 'BA94481C0CEE3139F6C7 for root@%',
    secret: ['C970FBD49FACCEC192BE' + 'BA94481C0CEE3139F6C7'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text: 'password md5 ' + 'f9addb283c295dd1' + 'f8edf6b903e923f3 did not match for user ann',
    secret: ['f9addb283c295dd1' + 'f8edf6b903e923f3'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'caching_sha2 auth string $A$005$' +
      'nkXAUCBCsNrBTV1InCo2P424V2Tp6hC' +
      'AwCXD4lNNOIId0b3tgpKeEi6MdEx5ib8',
    secret: ['nkXAUCBCsNrBTV1InCo2P424V2Tp6hC' + 'AwCXD4lNNOIId0b3tgpKeEi6MdEx5ib8'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'pbkdf2-sha512 hash: $pbkdf2-sha512$25000$' +
      'ta01kUxepf3DXIw7uUzVYE$81xo51GQW3J7QsHQcGgmi1KfTBc66kQ' +
      '6ezXlRxDOXugupHmKSd5TF4fLSJj87PEFiTLCgIy3cWhruRDpG2Sb.Q',
    secret: [
      'ta01kUxepf3' + 'DXIw7uUzVYE',
      '81xo51GQW3J7QsHQcGgmi1KfTBc66kQ6ezXlRxDOXu' + 'gupHmKSd5TF4fLSJj87PEFiTLCgIy3cWhruRDpG2Sb',
    ],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'bcrypt_sha256 $bcrypt-sha256$v=2,t=2b,r=12$' +
      'rDmgitXAZTfj9RyFm9iTAu$DD9V' +
      'ldDejuCAAMiSjF6rk.qBp1wH/Jn verify ok',
    secret: ['rDmgitXAZTf' + 'j9RyFm9iTAu', 'DD9VldDeju' + 'CAAMiSjF6rk', 'qBp1wH'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'krb5: $krb5tgs$23$*svc$CORP$x*$' +
      'aa2d270804cf3c0727c8cd844133b122$12f0f89c24277d5' +
      '48459ade5310ba63f34b6b84cd722358064e20790a1ad24e7 exported',
    secret: [
      'aa2d270804cf3c07' + '27c8cd844133b122',
      '12f0f89c24277d548459ade5310ba63f' + '34b6b84cd722358064e20790a1ad24e7',
    ],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text: 'cisco enable secret 9 $9$' + 'EWw0MtS.EIMi95$GNLA6a2o8MS8qc' + 'xIYx0q3RqLoTvc4sAKA0QKZfZ2VuD',
    secret: ['EWw0MtS', 'EIMi95', 'GNLA6a2o8MS8qcxIYx0q3' + 'RqLoTvc4sAKA0QKZfZ2VuD'],
  },
  {
    kind: 'password-hash',
    carrier: 'prose',
    text:
      'sodium: $argon2id$v=19$m=19456,t=2,p=1$' +
      'f3+S6imwMXpOBtCbVq98AQ$LqKPT+U+XL' +
      'Zb2/jkL4NvmFc8zKeRyrBLI0/VERavnmu rehash=false',
    secret: ['S6imwMXpO' + 'BtCbVq98AQ', 'LqKPT', 'XLZb2', 'jkL4NvmFc8' + 'zKeRyrBLI0', 'VERavnmu'],
  },
  {
    kind: 'github-token',
    carrier: 'prose',
    text: 'Found token ghp_' + 'G5TNBfBo1ihQdXcld0' + '1LgUt9OOfiMurzsh4q in commit message',
    secret: ['G5TNBfBo1ihQdXcld0' + '1LgUt9OOfiMurzsh4q'],
  },
  {
    kind: 'github-token',
    carrier: 'prose',
    text:
      'refresh with ghr_' +
      'w1LXHYtxcQZmLChaZTZNrd6ojeTlrqZHU3W99E' +
      'xTFqlZEbfcET0XaLFHlA50MkCTYzHzf3TewGDt returned bad_refresh_token',
    secret: ['w1LXHYtxcQZmLChaZTZNrd6ojeTlrqZHU3W99E' + 'xTFqlZEbfcET0XaLFHlA50MkCTYzHzf3TewGDt'],
  },
  {
    kind: 'github-token',
    carrier: 'prose',
    text:
      'fine grained github_pat_' +
      'jzUmjICdLuELxt8dDEz2lm_3yElbnbCWGcIgiyebf' +
      'uZBPfmmxKRqN87PUyVcP63MVEyNcMdqSzl4lYDAtG has no scope',
    secret: [
      'jzUmjICdLuE' + 'Lxt8dDEz2lm',
      '3yElbnbCWGcIgiyebfuZBPfmmxKRq' + 'N87PUyVcP63MVEyNcMdqSzl4lYDAtG',
    ],
  },
  {
    kind: 'gitlab-token',
    carrier: 'prose',
    text: 'pipeline trigger glptt-' + '89c868fc057455e9d696' + '14fcd8b558fbfdc999bc rejected',
    secret: ['89c868fc057455e9d696' + '14fcd8b558fbfdc999bc'],
  },
  {
    kind: 'gitlab-token',
    carrier: 'prose',
    text: 'runner registered with glrt-' + 'oDLVQs8aZL' + '5cPRrHsjZN',
    secret: ['oDLVQs8aZL' + '5cPRrHsjZN'],
  },
  {
    kind: 'gitlab-token',
    carrier: 'prose',
    text:
      'deploy token gldt-' +
      '2ZwPWo96pp' +
      'fOQCyLZxUR revoked; job token glcbt-64_' +
      'QRCgAHUpVy' +
      'B__y9oJvBI',
    secret: ['2ZwPWo96pp' + 'fOQCyLZxUR', 'QRCgAHUpVyB', 'y9oJvBI'],
  },
  {
    kind: 'slack-token',
    carrier: 'prose',
    text: 'slack bot xoxb-' + '887256170997-598841187456' + '0-eTF4Y0JTOiT9mjYPO4E6Zecx invalid_auth',
    secret: ['887256170997', '5988411874560', 'eTF4Y0JTOiT9' + 'mjYPO4E6Zecx'],
  },
  {
    kind: 'slack-token',
    carrier: 'prose',
    text:
      'socket mode xapp-1-' +
      'A019IJMKBV1-7264074998243-1913445c17ba3444130' +
      '3faa8351ea4ac704575c18b6525f9fc19166d08ea9fc5 closed',
    secret: [
      'A019IJMKBV1',
      '7264074998243',
      '1913445c17ba34441303faa8351ea4ac' + '704575c18b6525f9fc19166d08ea9fc5',
    ],
  },
  {
    kind: 'slack-token',
    carrier: 'prose',
    text:
      'rotated xoxe.xoxp-1-' +
      'l9PZRTZR4E4z9GsMNYEDFhBS3oJyhtj9Pjyv3d2TlNuQqjnlrnScFvWgwldrHrmvUbhRC9' +
      'JIdXKDmk2uVQ4Y4p83cTPzpvb3t85xs7SMo6L3zosc2srivkq8Av4tiqefFE52cqD3J7qy',
    secret: [
      'l9PZRTZR4E4z9GsMNYEDFhBS3oJyhtj9Pjyv3d2TlNuQqjnlrnScFvWgwldrHrmvUbhRC9' +
        'JIdXKDmk2uVQ4Y4p83cTPzpvb3t85xs7SMo6L3zosc2srivkq8Av4tiqefFE52cqD3J7qy',
    ],
  },
  {
    kind: 'slack-token',
    carrier: 'prose',
    text:
      'session xoxc-' +
      '431568118528-947120923163-187424575081-58104352e6d0' +
      '4397923365925e674b6673c04598bccc0aac9e98a96b8dac80db and d=xoxd-' +
      'PUH9kCpHFd48kr%2FmafRk4LeJ97v2BZ' +
      '3S1NHKqQ4y1OjkliZll%2BowrRSXruVX',
    secret: [
      '431568118528',
      '947120923163',
      '187424575081',
      '58104352e6d04397923365925e674b66' + '73c04598bccc0aac9e98a96b8dac80db',
      'PUH9kCpHFd48kr',
      'mafRk4LeJ97v2BZ3S' + '1NHKqQ4y1OjkliZll',
      'owrRSXruVX',
    ],
  },
  {
    kind: 'discord-token',
    carrier: 'prose',
    text:
      'bot login failed with MTk4' +
      'Dvqup7RKD53NuFaWi5eun.rPmJrP.W5F6' +
      'fbVBt7toIXMvNUa779rBV0Mbuhl6M1L2aZ',
    secret: ['Dvqup7RKD5' + '3NuFaWi5eun', 'rPmJrP', 'W5F6fbVBt7toIXMvNUa' + '779rBV0Mbuhl6M1L2aZ'],
  },
  {
    kind: 'discord-token',
    carrier: 'json',
    text:
      '{"bot":"helper","token":"mfa.' +
      'tlsu-BVVaZhZjfrKGZg1QySb3xZl5tEwJ-P7664FIE' +
      '0vC_nzfCb_hltNzru-7iePfme0CsXJdYJC9c_pe40C"}',
    secret: [
      'tlsu',
      'BVVaZhZjfrKGZg' + '1QySb3xZl5tEwJ',
      'P7664FIE0vC',
      'nzfCb',
      'hltNzru',
      '7iePfme0C' + 'sXJdYJC9c',
      'pe40C',
    ],
  },
  {
    kind: 'stripe-key',
    carrier: 'json',
    text:
      '{"stripe":{"secretKey":"sk_test_' +
      'coTcx2uROWTu' +
      'ESnXn38ynDJZ","publishableKey":"pk_test_' +
      'NhyCViRMmLpWjVeumiE5GLyC"}}',
    secret: ['coTcx2uROWTu' + 'ESnXn38ynDJZ'],
  },
  {
    kind: 'stripe-key',
    carrier: 'prose',
    text: 'webhook secret whsec_' + 'ZCPSFbxtxDNLOwDW' + 'mJLlJx85joUb9235 signature mismatch',
    secret: ['ZCPSFbxtxDNLOwDW' + 'mJLlJx85joUb9235'],
  },
  {
    kind: 'stripe-key',
    carrier: 'prose',
    text:
      'charge with sk_live_51' +
      'fR3uhlWZCtwKie5m6URg4M7Qt0Ilz95pnktpWVxrVmzQh66Y' +
      'd9nyv3JAGUP21mJgJFNuFPIOj8EsrTKsjd8fjpNg16yjVzKrs failed',
    secret: [
      'fR3uhlWZCtwKie5m6URg4M7Qt0Ilz95pnktpWVxrVmzQh66Y' +
        'd9nyv3JAGUP21mJgJFNuFPIOj8EsrTKsjd8fjpNg16yjVzKrs',
    ],
  },
  {
    kind: 'twilio-token',
    carrier: 'prose',
    text:
      'twilio api key SK' +
      'b90d8575a14a4151' +
      '1b3364a59d0636d5 secret ' +
      '9kf953oyeikQL31a' +
      'fe7n8ClGZKjRMiH8',
    secret: ['b90d8575a14a4151' + '1b3364a59d0636d5', '9kf953oyeikQL31a' + 'fe7n8ClGZKjRMiH8'],
  },
  {
    kind: 'sendgrid-key',
    carrier: 'prose',
    text:
      'sendgrid 401 for key SG.' + 'IzvyR3kZVKysV-BSgFSz1W.d79WRjt9FQ' + 'AxjTBjYzJEqQ2VSvmCq7gwkaspw5zluPn',
    secret: ['IzvyR3kZVKysV', 'BSgFSz1W', 'd79WRjt9FQAxjTBjYzJEq' + 'Q2VSvmCq7gwkaspw5zluPn'],
  },
  {
    kind: 'mailgun-key',
    carrier: 'shell',
    text:
      "curl -s --user 'api:key-" +
      '28e9faee1eaac46d' +
      "be7c4e8cf4c7ea6f' https://api.mailgun.net/v3/mg.example.com/messages",
    secret: ['28e9faee1eaac46d' + 'be7c4e8cf4c7ea6f'],
  },
  {
    kind: 'mailgun-key',
    carrier: 'env-file',
    text: 'MAILGUN_KEY=' + '798610adc27399782c194025b' + 'ca27850-55375c6e-b2cbae62',
    secret: ['798610adc2739978' + '2c194025bca27850', '55375c6e', 'b2cbae62'],
  },
  {
    kind: 'mailchimp-key',
    carrier: 'env-file',
    text: 'MAILCHIMP_API_KEY=' + '9a267e8a20ca6a5395' + '7b060eec7532fb-us12',
    secret: ['9a267e8a20ca6a53' + '957b060eec7532fb', 'us12'],
  },
  {
    kind: 'brevo-key',
    carrier: 'prose',
    text:
      'brevo rejected xkeysib-' +
      '6b0443dbf30153d067f1fe3c730b563f2b35b17e' +
      'ac9b8bee2653d9ea580e995f-QwNDhVGET0XrWCKn',
    secret: [
      '6b0443dbf30153d067f1fe3c730b563f' + '2b35b17eac9b8bee2653d9ea580e995f',
      'QwNDhVGE' + 'T0XrWCKn',
    ],
  },
  {
    kind: 'npm-token',
    carrier: 'prose',
    text: 'npm ERR! 403 token npm_' + 'fJ1H5YFyZyeCa2j5gc' + 'K1WyP6OhTG4KJDCBle cannot publish',
    secret: ['fJ1H5YFyZyeCa2j5gc' + 'K1WyP6OhTG4KJDCBle'],
  },
  {
    kind: 'pypi-token',
    carrier: 'prose',
    text:
      'upload with pypi-AgEIcHlwaS5vcmc' +
      'cD3Xszd0SqM8LBLL-YrgzHe8A8_gx4K5aml2zQ23lLem-_c-AAux71jGF0iR' +
      '9tZSLqI_KiQHTv2GkFp6pnqDBaGlNLqEga9_kDDk5r2MfCu-Zjy2WUXGuqac denied',
    secret: [
      'cD3Xszd0' + 'SqM8LBLL',
      'YrgzHe8A8',
      'gx4K5aml' + '2zQ23lLem',
      'AAux71jGF' + '0iR9tZSLqI',
      'KiQHTv2GkFp6p' + 'nqDBaGlNLqEga9',
      'kDDk5r2MfCu',
      'Zjy2WUXGuqac',
    ],
  },
  {
    kind: 'rubygems-key',
    carrier: 'yaml',
    text: ':rubygems_api_key: rubygems_' + '29c482a14189fb48c95df84e' + 'd173929c459fc7180d1f1bb6',
    secret: ['29c482a14189fb48c95df84e' + 'd173929c459fc7180d1f1bb6'],
  },
  {
    kind: 'openai-key',
    carrier: 'prose',
    text:
      'llm call failed, key sk-svcacct-' +
      'mUjEZkJO2Bthue3mgqZqB4MilzVQeh03Fif7hsha1bNGwP9Wy3bbGaC5BBT3Bl' +
      'bkFJNyaCBBuIV0X4NIMwT7H8VzsM8vDcRBQqFkLssCTq0eHi6t7KpFEMIOHzKg over quota',
    secret: [
      'mUjEZkJO2Bthue3mgqZqB4MilzVQeh03Fif7hsha1bNGwP9Wy3bbGaC5BBT3Bl' +
        'bkFJNyaCBBuIV0X4NIMwT7H8VzsM8vDcRBQqFkLssCTq0eHi6t7KpFEMIOHzKg',
    ],
  },
  {
    kind: 'anthropic-key',
    carrier: 'env-file',
    text:
      'ANTHROPIC_API_KEY=sk-ant-api03-' +
      'Naoe3hZr2pwvWOochZ4beUhqamtaAYOOkZLByQp15BbieFe' +
      'bY6k7WdHniRa5A2Bw6oS_mmKcljNpWIty8ZRJPzKuXQtZmAA',
    secret: [
      'Naoe3hZr2pwvWOochZ4beUhqamtaAYOOk' + 'ZLByQp15BbieFebY6k7WdHniRa5A2Bw6oS',
      'mmKcljNpWIty8' + 'ZRJPzKuXQtZmAA',
    ],
  },
  {
    kind: 'huggingface-token',
    carrier: 'prose',
    text: 'hub login hf_' + 'rnzF2COtMpKXMw034' + 's51SOJ14jbltVNhaU ok',
    secret: ['rnzF2COtMpKXMw034' + 's51SOJ14jbltVNhaU'],
  },
  {
    kind: 'groq-key',
    carrier: 'prose',
    text: 'groq 429 gsk_' + 'sj47diCZ96cwVvfIpZfdTiiCu5' + 'oWWuxD3ToTn7jZ1I5oBckAwPIK',
    secret: ['sj47diCZ96cwVvfIpZfdTiiCu5' + 'oWWuxD3ToTn7jZ1I5oBckAwPIK'],
  },
  {
    kind: 'replicate-key',
    carrier: 'prose',
    text: 'replicate token r8_' + 'sTxz9YzLFEBTT4hUh4' + 'A6LUwXpmkFV9chYRFP9 invalid',
    secret: ['sTxz9YzLFEBTT4hUh4' + 'A6LUwXpmkFV9chYRFP9'],
  },
  {
    kind: 'perplexity-key',
    carrier: 'prose',
    text: 'using key pplx-' + '0rNp29H1sOoxmW1qlRG5Gsgt' + 'CDiZgtgZc0wrnExpDJQ382nW',
    secret: ['0rNp29H1sOoxmW1qlRG5Gsgt' + 'CDiZgtgZc0wrnExpDJQ382nW'],
  },
  {
    kind: 'xai-key',
    carrier: 'prose',
    text:
      'grok client key xai-' +
      'CWGkE8oXLaMkWAYowlkS9ALpDu6bmG2xaXb5qn13' +
      'rNP1uDzr6bdfGWEqDjE6LhPOJqMYTWzCHu83H3bw',
    secret: ['CWGkE8oXLaMkWAYowlkS9ALpDu6bmG2xaXb5qn13' + 'rNP1uDzr6bdfGWEqDjE6LhPOJqMYTWzCHu83H3bw'],
  },
  {
    kind: 'digitalocean-token',
    carrier: 'prose',
    text:
      'doctl auth dop_v1_' + 'd86f884f98fdf5af0125878b871fedb1' + '7dc0cac843240918fedc96e8f285f82b expired',
    secret: ['d86f884f98fdf5af0125878b871fedb1' + '7dc0cac843240918fedc96e8f285f82b'],
  },
  {
    kind: 'digitalocean-token',
    carrier: 'json',
    text:
      '{"do":{"refresh":"dor_v1_' +
      '484fea1ccfcff22b33beade1c76b2d85' +
      'c906f16ea323fe82f0e2484476615390"}}',
    secret: ['484fea1ccfcff22b33beade1c76b2d85' + 'c906f16ea323fe82f0e2484476615390'],
  },
  {
    kind: 'shopify-token',
    carrier: 'prose',
    text: 'shopify app secret shpss_' + 'c603a2ec63bdafad' + '817f8efa289ab198 does not verify hmac',
    secret: ['c603a2ec63bdafad' + '817f8efa289ab198'],
  },
  {
    kind: 'square-token',
    carrier: 'prose',
    text:
      'square sq0atp-' +
      'dc8HOUOTVE6' +
      '-oPrEVk9IXD and sq0csp-' +
      'YOrk0qS7zPLW4H_R_nPho' +
      '-tlWxyPGEzXeMuxP7zOYer',
    secret: ['dc8HOUOTVE6', 'oPrEVk9IXD', 'YOrk0qS7zPLW4H', 'nPho', 'tlWxyPGEzX' + 'eMuxP7zOYer'],
  },
  {
    kind: 'square-token',
    carrier: 'json',
    text:
      '{"square":{"accessToken":"EAAA' +
      'E9SSC8bEMYWn_p96IoHQnbI1Rl48s9' +
      '9uASXK9TkPKQBVKRDJugKQJFMwSVBc"}}',
    secret: ['E9SSC8bEMYWn', 'p96IoHQnbI1Rl48s99uASXK' + '9TkPKQBVKRDJugKQJFMwSVBc'],
  },
  {
    kind: 'telegram-token',
    carrier: 'env-file',
    text: 'TELEGRAM_BOT_TOKEN=761525865:AA' + 'DfWzPL5nmDvWDCxG' + 'H3qQNkRGKd3JE6RHg',
    secret: ['DfWzPL5nmDvWDCxG' + 'H3qQNkRGKd3JE6RHg'],
  },
  {
    kind: 'vault-token',
    carrier: 'prose',
    text:
      'vault batch token hvb.' +
      'AAAAAQ4ulhP_CL7pCl0qUVagHQ452Hik--gRf_GHJg1bqnciIMSzoDA5RP0t-Kt' +
      'yVxJiSBEP7oZh34VNyAmlsdxuN9uC687nQ4q8m3S6W7Si-oqni5lyGxDy2UQsRE used',
    secret: [
      'AAAAAQ4ulhP',
      'CL7pCl0qUV' + 'agHQ452Hik',
      'GHJg1bqnciI' + 'MSzoDA5RP0t',
      'KtyVxJiSBEP7oZh34VNyAml' + 'sdxuN9uC687nQ4q8m3S6W7Si',
      'oqni5lyG' + 'xDy2UQsRE',
    ],
  },
  {
    kind: 'datadog-key',
    carrier: 'yaml',
    text:
      'api_key: ' +
      '792b3c690ec506a8' +
      '9951aa8616ead391\nsite: datadoghq.eu\napp_key: ' +
      'eb77aa291697432d6dae' +
      '0d8ebb8fbcd82508c594',
    secret: ['792b3c690ec506a8' + '9951aa8616ead391', 'eb77aa291697432d6dae' + '0d8ebb8fbcd82508c594'],
  },
  {
    kind: 'new-relic-key',
    carrier: 'ini',
    text: 'license_key = ' + '4f77c5213ce10a54cfff' + 'ae8e2b2cb5e80e66NRAL',
    secret: ['4f77c5213ce10a54cfff' + 'ae8e2b2cb5e80e66NRAL'],
  },
  {
    kind: 'new-relic-key',
    carrier: 'prose',
    text:
      'browser key NRJS-' +
      '698c9be29' +
      '633cd20649, insert key NRII-' +
      'QERSAPla1cCdPnW7' +
      'nXJyBhbOdmVqs-aq',
    secret: ['698c9be29' + '633cd20649', 'QERSAPla1cCdPn' + 'W7nXJyBhbOdmVqs'],
  },
  {
    kind: 'sentry-token',
    carrier: 'prose',
    text:
      'sentry-cli auth sntrys_eyJpYXQiOjE3MD' +
      'r7zK7Y17pqz3WAvne3sxJTxjRmiTO3zWIaqJUbTZWx4nJma25lxDI7KQgktvaUXGll9' +
      'ehWKwjHKCgW9x4VkdccuvPp_n1VtZDqwj73oATIA3muU4vyhx43FMfZKKbLk3IqS54d',
    secret: [
      'r7zK7Y17pqz3WAvne3sxJTxjRmiTO3zWIaqJUbTZWx4nJ' + 'ma25lxDI7KQgktvaUXGll9ehWKwjHKCgW9x4VkdccuvPp',
      'n1VtZDqwj73oATIA3muU4' + 'vyhx43FMfZKKbLk3IqS54d',
    ],
  },
  {
    kind: 'sentry-token',
    carrier: 'prose',
    text:
      'sentry user token sntryu_' + '462001fa5600b124f62315a1f71901a6' + 'ae2bb8ce007bd1c684661270bf9b0ad3',
    secret: ['462001fa5600b124f62315a1f71901a6' + 'ae2bb8ce007bd1c684661270bf9b0ad3'],
  },
  {
    kind: 'databricks-token',
    carrier: 'prose',
    text: 'databricks PAT dapi' + '8798de43e64209fa2' + '686f8ee6572a5e3-2 denied',
    secret: ['8798de43e64209fa' + '2686f8ee6572a5e3'],
  },
  {
    kind: 'firebase',
    carrier: 'json',
    text:
      '{"apiKey":"AIzaSy' + 'qoW1IBQXsUlPZY4-' + 'Z98Yhwi6F5Wgz1bGB","authDomain":"demo.firebaseapp.com"}',
    secret: ['qoW1IBQXsUlPZY4', 'Z98Yhwi6' + 'F5Wgz1bGB'],
  },
  {
    kind: 'google-oauth',
    carrier: 'prose',
    text:
      'google refresh failed ya29.' +
      'a0AlC7Kgjh4cIV2y9HrV0yGxHLisOX0oZXMM20-BkJNzONhZDbUsKglxVyXDo' +
      '0kSRjl1As7ElHC40IlMi4B0wggIfuaoROKT9FlujdkOeO2-MyY2zilxbO2u-fI',
    secret: [
      'a0AlC7Kgjh4cIV2y9Hr' + 'V0yGxHLisOX0oZXMM20',
      'BkJNzONhZDbUsKglxVyXDo0kSRjl1As7El' + 'HC40IlMi4B0wggIfuaoROKT9FlujdkOeO2',
      'MyY2zilxbO2u',
    ],
  },
  {
    kind: 'google-oauth',
    carrier: 'json',
    text:
      '{"installed":{"client_id":"1029384756-kv1vunbs8lcgr07q1wg3s6epnkapi0lt.apps.googleusercontent.com","client_secret":"GOCSPX-' +
      '49Ke7MzgPyS1X_' +
      'MjUafXUPXgeM0R"}}',
    secret: ['49Ke7MzgPyS1X', 'MjUafXUPXgeM0R'],
  },
  {
    kind: 'cloudflare-token',
    carrier: 'env-file',
    text: 'CLOUDFLARE_API_TOKEN=' + 'QiiZKqyuGsA1zo329fIK' + '00VJu3jxq3vDX0MedspM',
    secret: ['QiiZKqyuGsA1zo329fIK' + '00VJu3jxq3vDX0MedspM'],
  },
  {
    kind: 'cloudflare-token',
    carrier: 'prose',
    text:
      'origin ca key v1.0-' +
      'ec277bde42d4f9a9f12aafb7-4c3d6126769fac2f2240a281a615a6007c86ae0f7753fe7c259a359ccb35' +
      '6be622d7f3efbd4159d1ec1c13dacf8d42c92ec8fee2103a508c1d51a840b3b69412cf2d3f51977737f443',
    secret: [
      'ec277bde42d4' + 'f9a9f12aafb7',
      '4c3d6126769fac2f2240a281a615a6007c86ae0f7753fe7c259a359ccb356be622d7f3efb' +
        'd4159d1ec1c13dacf8d42c92ec8fee2103a508c1d51a840b3b69412cf2d3f51977737f443',
    ],
  },
  {
    kind: 'atlassian-token',
    carrier: 'prose',
    text:
      'jira 401 ATATT3xFfGF0' +
      '2cHJ95Y_VN--R-QBGOzHF5cmzjQembDyzEg0mjN_8Sv8jRTiNTSZqLnLtdBtmTkP4Pb8mwmPSu6K4w5' +
      'mZEJdNoxAdCTlc0CnYTcISoPmyHqQLV4SBqhg5ZHyuwzjf6NCrWYBLbMZ431kmAMbLZYFXZ=7415D85A',
    secret: [
      '2cHJ95Y',
      'QBGOzHF5cmzj' + 'QembDyzEg0mjN',
      '8Sv8jRTiNTSZqLnLtdBtmTkP4Pb8mwmPSu6K4w5mZEJdNoxAdCTlc0C' +
        'nYTcISoPmyHqQLV4SBqhg5ZHyuwzjf6NCrWYBLbMZ431kmAMbLZYFXZ',
      '7415D85A',
    ],
  },
  {
    kind: 'atlassian-token',
    carrier: 'prose',
    text: 'bitbucket app password ATBB' + 'zsfTHb2xWe3P3UMA' + 'P6DCLy19E619253F',
    secret: ['zsfTHb2xWe3P3UMA' + 'P6DCLy19E619253F'],
  },
  {
    kind: 'linear-key',
    carrier: 'prose',
    text: 'linear api key lin_api_' + 'Df1AOhoLSWJucfDkfNF9' + '4jK44x7tbCxbPwJN2mQB',
    secret: ['Df1AOhoLSWJucfDkfNF9' + '4jK44x7tbCxbPwJN2mQB'],
  },
  {
    kind: 'notion-token',
    carrier: 'prose',
    text: 'notion secret_' + 'OdyHPgudb9cZej9KiYMb8' + 'OInDr2EfqtTBTEY0UHCc9R lacks access',
    secret: ['OdyHPgudb9cZej9KiYMb8' + 'OInDr2EfqtTBTEY0UHCc9R'],
  },
  {
    kind: 'notion-token',
    carrier: 'prose',
    text: 'notion ntn_' + '03417798407jI14HjJP08lR' + 'dk26dAMOoa4wSuDPkf7WpsR lacks access',
    secret: ['03417798407jI14HjJP08lR' + 'dk26dAMOoa4wSuDPkf7WpsR'],
  },
  {
    kind: 'postman-key',
    carrier: 'prose',
    text: 'newman used PMAK-' + '1e568beff2ea52ac991fa630-f38d' + 'c4e9442a3b27061fd64dd2d28fa288',
    secret: ['1e568beff2ea' + '52ac991fa630', 'f38dc4e9442a3b270' + '61fd64dd2d28fa288'],
  },
  {
    kind: 'dropbox-token',
    carrier: 'prose',
    text:
      'dropbox sl.' +
      'E9ZSWuZSDC13QpigUFr0IRAENAGlGbCUuzDEtSsUFT69Xtk4N_PvrIrZfcV6Ot4bIm9' +
      'wyWAQmMwSpx08H8m6HuddOGlETq6K_gfUY8q5ozvKV2dMGGYJAyhynkM5SUD0AnmlSEV expired_access_token',
    secret: [
      'E9ZSWuZSDC13QpigUFr0IRAE' + 'NAGlGbCUuzDEtSsUFT69Xtk4N',
      'PvrIrZfcV6Ot4bIm9wyWAQm' + 'MwSpx08H8m6HuddOGlETq6K',
      'gfUY8q5ozvKV2dMGGYJ' + 'AyhynkM5SUD0AnmlSEV',
    ],
  },
  {
    kind: 'facebook-token',
    carrier: 'prose',
    text:
      'graph error for EAAC' +
      'rGp0gBMm4wiIC6Kb1IMZq2ln4TLlMiVYQO9pXWoTpAj88WErr3XPvjIwqcUfF' +
      '9Onw874gyJGLeVk0nJvMpGRrybehy1TOhEneojlRBikTsYSwHadqutYSJvFZD',
    secret: [
      'rGp0gBMm4wiIC6Kb1IMZq2ln4TLlMiVYQO9pXWoTpAj88WErr3XPvjIwqcUfF' +
        '9Onw874gyJGLeVk0nJvMpGRrybehy1TOhEneojlRBikTsYSwHadqutYSJvFZD',
    ],
  },
  {
    kind: 'twitter-token',
    carrier: 'prose',
    text:
      'twitter bearer AAAAAAAAAAAAAAAAAAAAA' +
      'l8d60rO9tCtaJbP81mPReL146V7KbW%3DSu9UWT1d' +
      'mxrNhRptfBKtQFByiuSiZTjlmiOqHha4OeBVT16YLb 403',
    secret: [
      'l8d60rO9tCtaJbP' + '81mPReL146V7KbW',
      'Su9UWT1dmxrNhRptfBKtQFByi' + 'uSiZTjlmiOqHha4OeBVT16YLb',
    ],
  },
  {
    kind: 'grafana-token',
    carrier: 'prose',
    text: 'grafana sa glsa_' + 'gYxUHPMeFXKHKqxuEcjE' + 'J9YnKpACBtzT_41b55ec9',
    secret: ['gYxUHPMeFXKHKqxu' + 'EcjEJ9YnKpACBtzT', '41b55ec9'],
  },
  {
    kind: 'grafana-token',
    carrier: 'prose',
    text:
      'grafana cloud glc_eyJvIjoi' +
      'gw8csNADeI4gCaPqdvhXP8v4GLm87S3UosD7Irev' +
      'WBblmtP9AHtpnblVvzs9N4zm7PwQxpL6pyxC6Owp',
    secret: ['gw8csNADeI4gCaPqdvhXP8v4GLm87S3UosD7Irev' + 'WBblmtP9AHtpnblVvzs9N4zm7PwQxpL6pyxC6Owp'],
  },
  {
    kind: 'planetscale',
    carrier: 'prose',
    text:
      'pscale pscale_tkn_' +
      'A_zsx0qeIG_VbyeiadfQg' +
      'Z76Hv6WOC4npkArsAeOkYZ pw pscale_pw_' +
      'GDRCVcrmVp1tUiwoFnOF2' +
      'SfNUoaDzFCjqy2Kyyc0Z7M',
    secret: [
      'zsx0qeIG',
      'VbyeiadfQgZ76Hv6' + 'WOC4npkArsAeOkYZ',
      'GDRCVcrmVp1tUiwoFnOF2' + 'SfNUoaDzFCjqy2Kyyc0Z7M',
    ],
  },
  {
    kind: 'doppler-token',
    carrier: 'prose',
    text: 'doppler dp.pt.' + '9ORvcscq5feSdmqTYhhK9' + 'YFg5VGVw4aPqUmofwcksh7 revoked',
    secret: ['9ORvcscq5feSdmqTYhhK9' + 'YFg5VGVw4aPqUmofwcksh7'],
  },
  {
    kind: 'pulumi-token',
    carrier: 'prose',
    text: 'pulumi login pul-' + 'a287f1cf005feccfa6e0' + 'cd9f4725fd78de18d0de',
    secret: ['a287f1cf005feccfa6e0' + 'cd9f4725fd78de18d0de'],
  },
  {
    kind: 'terraform-token',
    carrier: 'prose',
    text:
      'tfc e0aWFwTLFEjjJD.atlasv1.' +
      'j-f3HvncsHtV9nmmht5rVf4Uo4_YInST' +
      'WAkVhdgjx9zmW4Jo4u0HTXeOSVHkTpD3 unauthorized',
    secret: ['f3HvncsHtV9n' + 'mmht5rVf4Uo4', 'YInSTWAkVhdgjx9zmW' + '4Jo4u0HTXeOSVHkTpD3'],
  },
  {
    kind: 'docker-token',
    carrier: 'prose',
    text: 'docker hub dckr_pat_' + 'VoxUvPeLSYrkn' + 'SqxY3JwGlXYQf3 unauthorized',
    secret: ['VoxUvPeLSYrkn' + 'SqxY3JwGlXYQf3'],
  },
  {
    kind: 'circleci-token',
    carrier: 'env-file',
    text: 'CIRCLE_TOKEN=' + 'bef4243c5a760026a139' + '35d9db311534e4e04f75',
    secret: ['bef4243c5a760026a139' + '35d9db311534e4e04f75'],
  },
  {
    kind: 'netlify-token',
    carrier: 'prose',
    text: 'netlify deploy nfp_' + 'q4n29fzBvnOJh2wHGi' + 'Aj8GAe6rYLdsdhKi7w',
    secret: ['q4n29fzBvnOJh2wHGi' + 'Aj8GAe6rYLdsdhKi7w'],
  },
  {
    kind: 'supabase-key',
    carrier: 'prose',
    text: 'supabase cli sbp_' + '115867f2c574f124ee2b' + 'b3373506c3c3a22d9699',
    secret: ['115867f2c574f124ee2b' + 'b3373506c3c3a22d9699'],
  },
  {
    kind: 'airtable-token',
    carrier: 'prose',
    text:
      'airtable pat' +
      'OBAoeTsjJ3ZDlA.98a4a9e6bc53da68115df36f' +
      '2b16fc118fc7fda963b30191b28e12a9f5155d01 422',
    secret: ['OBAoeTsjJ3ZDlA', '98a4a9e6bc53da68115df36f2b16fc11' + '8fc7fda963b30191b28e12a9f5155d01'],
  },
  {
    kind: 'figma-token',
    carrier: 'prose',
    text: 'figma figd_' + '6_KJM7T6GhvP8cVvGcGY' + 'C-tM7AdquQOr_6wE8z18 expired',
    secret: ['KJM7T6Ghv' + 'P8cVvGcGYC', 'tM7AdquQOr', '6wE8z18'],
  },
  {
    kind: 'mapbox-token',
    carrier: 'prose',
    text:
      'mapbox secret sk.eyJ1Ijoi' +
      'ctJSVaYEu4B2am9CakWVMyi5uFmjha3hlQD7O4rxW' +
      'jLkkh636JXWij6gY7og.jWSTLlOVlg3PY-t2zVm3Ao',
    secret: [
      'ctJSVaYEu4B2am9CakWVMyi5uFmjha' + '3hlQD7O4rxWjLkkh636JXWij6gY7og',
      'jWSTLlOVlg3PY',
      't2zVm3Ao',
    ],
  },
  {
    kind: 'sonar-token',
    carrier: 'prose',
    text: 'sonar sqp_' + 'e17e24cc79dc78586411' + '12cae773d06826c4ea65 not authorized',
    secret: ['e17e24cc79dc78586411' + '12cae773d06826c4ea65'],
  },
  {
    kind: 'artifactory-key',
    carrier: 'prose',
    text:
      'artifactory AKCp' + 'TvVekjEDLlruyY8J4iUJMl0RTqhPtFCJzK' + 'RTmDOrKu0rD30U4hswNzOPUtNYlc9onV0MR 401',
    secret: ['TvVekjEDLlruyY8J4iUJMl0RTqhPtFCJzK' + 'RTmDOrKu0rD30U4hswNzOPUtNYlc9onV0MR'],
  },
  {
    kind: 'buildkite-token',
    carrier: 'prose',
    text: 'buildkite bkua_' + '89f9b80def7c1dfff8b7' + 'bbca04764a6a4518571c',
    secret: ['89f9b80def7c1dfff8b7' + 'bbca04764a6a4518571c'],
  },
  {
    kind: 'easypost-key',
    carrier: 'prose',
    text: 'easypost EZAK' + 'II0CIX9vb6IOEOfR0bRDu8tGzlS' + '9gMGNAKH29ASX9ALLJJ60QB4iQr bad',
    secret: ['II0CIX9vb6IOEOfR0bRDu8tGzlS' + '9gMGNAKH29ASX9ALLJJ60QB4iQr'],
  },
  {
    kind: 'flutterwave-key',
    carrier: 'prose',
    text: 'FLWSECK-' + '43ee0961c09b9ef48' + '10e1a04d2998ab0-X charge failed',
    secret: ['43ee0961c09b9ef4' + '810e1a04d2998ab0'],
  },
  {
    kind: 'braintree-token',
    carrier: 'prose',
    text: 'paypal access_token$production$' + 'm2pqxvrv9jfcc526$64b255f' + 'f3bdf51a36a5eb04369b7c16c',
    secret: ['m2pqxvrv' + '9jfcc526', '64b255ff3bdf51a3' + '6a5eb04369b7c16c'],
  },
  {
    kind: 'plaid-token',
    carrier: 'json',
    text:
      '{"plaid":{"token":"access-production-' + '738d98cd-37dc-41ec' + '-b18b-05d3f91af8ae","item":"x1"}}',
    secret: ['738d98cd', '37dc', '41ec', 'b18b', '05d3f91af8ae'],
  },
  {
    kind: 'hubspot-token',
    carrier: 'prose',
    text: 'hubspot pat-na1-' + '48c3c199-582a-42c7' + '-81a3-e4959bf48143 missing scopes',
    secret: ['48c3c199', '582a', '42c7', '81a3', 'e4959bf48143'],
  },
  {
    kind: 'shippo-token',
    carrier: 'prose',
    text: 'shippo shippo_live_' + '7b59564656e11610a9fe' + '8bf756086834bffde047',
    secret: ['7b59564656e11610a9fe' + '8bf756086834bffde047'],
  },
  {
    kind: 'alibaba-key',
    carrier: 'ini',
    text:
      'accessKeyId=LTAI' +
      '7X8ITo37fa' +
      'pHfEJy0QdW\naccessKeySecret=' +
      'iGgaY4ZfXHwLh9l' +
      'yYucdBPvxpdFt2B',
    secret: ['7X8ITo37fa' + 'pHfEJy0QdW', 'iGgaY4ZfXHwLh9l' + 'yYucdBPvxpdFt2B'],
  },
  {
    kind: 'contentful',
    carrier: 'prose',
    text: 'contentful CFPAT-' + 'iH99qOV49jboFRQRCC-xp' + 'qAs-xWorvbp3-OPjGHUovv forbidden',
    secret: ['iH99qOV49' + 'jboFRQRCC', 'xpqAs', 'xWorvbp3', 'OPjGHUovv'],
  },
  {
    kind: 'azure-devops',
    carrier: 'shell',
    text: 'git -c http.extraheader="AUTHORIZATION: basic ' + 'OnE3bTJrOXg0dj' + 'FiOG41YzN6Nmww" fetch',
    secret: ['OnE3bTJrOXg0dj' + 'FiOG41YzN6Nmww'],
  },
  {
    kind: 'azure-devops',
    carrier: 'env-file',
    text:
      'AZURE_DEVOPS_PAT=' +
      'AcqHIwRz8OcTAK3rrvLfuiGGRZbw2TQVHsownuM0Ng' +
      'MSg5DeofvXlBonGQJiBc7H0zwZ0mhriWLBAZDOBK2U',
    secret: ['AcqHIwRz8OcTAK3rrvLfuiGGRZbw2TQVHsownuM0Ng' + 'MSg5DeofvXlBonGQJiBc7H0zwZ0mhriWLBAZDOBK2U'],
  },
  {
    kind: 'azure-client-secret',
    carrier: 'env-file',
    text: 'AZURE_CLIENT_SECRET=kCm8Q~' + 'veFJtPxckQidVNfV5' + '5m2drXe9hoophihkY',
    secret: ['veFJtPxckQidVNfV5' + '5m2drXe9hoophihkY'],
  },
  {
    kind: 'launchdarkly',
    carrier: 'env-file',
    text: 'LD_SDK_KEY=sdk-' + '9688bd46-1297-4fad' + '-ac8f-a93e09b3bbcd',
    secret: ['9688bd46', '1297', '4fad', 'ac8f', 'a93e09b3bbcd'],
  },
  {
    kind: 'typeform',
    carrier: 'prose',
    text: 'typeform tfp_' + '1eowQkvas3wxZmN8xTYQrM' + '_iwQBOU85OwkPuYVjFhF7P invalid',
    secret: ['1eowQkvas3w' + 'xZmN8xTYQrM', 'iwQBOU85Ow' + 'kPuYVjFhF7P'],
  },
  {
    kind: 'adafruit',
    carrier: 'prose',
    text: 'mqtt user ann key aio_' + 'awz5zRuj8t21u4' + 'BwIT2TWUPq0PwQ',
    secret: ['awz5zRuj8t21u4' + 'BwIT2TWUPq0PwQ'],
  },
  {
    kind: 'readme',
    carrier: 'prose',
    text: 'rdme login rdme_' + '8o0ju1g58s3j765avnashtv1bgicdh0y51t' + '96yg87ep7s2vacptxtjn5em5f34y6bawu4g',
    secret: ['8o0ju1g58s3j765avnashtv1bgicdh0y51t' + '96yg87ep7s2vacptxtjn5em5f34y6bawu4g'],
  },
  {
    kind: 'prefect',
    carrier: 'prose',
    text: 'prefect pnu_' + 'bfnvy38h2yyw8hywzf' + 'g5g1vnkuway53twhet',
    secret: ['bfnvy38h2yyw8hywzf' + 'g5g1vnkuway53twhet'],
  },
  {
    kind: 'clojars',
    carrier: 'prose',
    text: 'deploy with CLOJARS_' + '6h9un1ecr1yo8ozenbg1d1s91df3r1' + 'dkh7x5a4yhlimq6vr6wetxmoo87eck',
    secret: ['6h9un1ecr1yo8ozenbg1d1s91df3r1' + 'dkh7x5a4yhlimq6vr6wetxmoo87eck'],
  },
  {
    kind: 'asana',
    carrier: 'env-file',
    text: 'ASANA_ACCESS_TOKEN=1/' + '7599859555798276:825ac5d' + '9ed6b6eb34b5f090eb51ecb94',
    secret: ['75998595' + '55798276', '825ac5d9ed6b6eb3' + '4b5f090eb51ecb94'],
  },
  {
    kind: 'jira-basic',
    carrier: 'http-header',
    text: 'Authorization: Basic ' + 'b3BzQGV4YW1wbGUuY29tOkFU' + 'QVRUM3hGZkdGMHF3ZXJ0eTk5',
    secret: ['b3BzQGV4YW1wbGUuY29tOkFU' + 'QVRUM3hGZkdGMHF3ZXJ0eTk5'],
  },
  {
    kind: 'aws-access-key',
    carrier: 'prose',
    text: 'using credentials AKIA' + 'PL6JAWBJ' + 'STRUP3YC from env',
    secret: ['PL6JAWBJ' + 'STRUP3YC'],
  },
  {
    kind: 'aws-bedrock',
    carrier: 'env-file',
    text:
      'AWS_BEARER_TOKEN_BEDROCK=ABSK' +
      '5SuFAo82abcSp1xw/lzhpbnaX5a4F5pmd+SqmRmQ4cD6IrJ/pf5Jbl0s46dj' +
      'AixaUY659gpw/Tsvjli4dYilK0V/nBWQD6ofZpoQg69d7elIM7TTB3eJFOdK=',
    secret: [
      '5SuFAo82' + 'abcSp1xw',
      'lzhpbnaX' + '5a4F5pmd',
      'SqmRmQ4cD6IrJ',
      'pf5Jbl0s46dj' + 'AixaUY659gpw',
      'Tsvjli4dYilK0V',
      'nBWQD6ofZpoQg69d' + '7elIM7TTB3eJFOdK',
    ],
  },
  {
    kind: 'gcp-hmac',
    carrier: 'ini',
    text: 'gs_secret_access_key = ' + '0YP7ng2bxFVt9He1T/vg' + 'qF4lLTQ0e9ff33OpraFA',
    secret: ['0YP7ng2b' + 'xFVt9He1T', 'vgqF4lLTQ0e' + '9ff33OpraFA'],
  },
  {
    kind: 'intercom',
    carrier: 'env-file',
    text: 'INTERCOM_ACCESS_TOKEN=dG9r' + 'VWzbHPZkKb7pktYjqhyMpvuwqlL8' + 'Kvz4YguSFakkH6cGarGzqFrIJk6B=',
    secret: ['VWzbHPZkKb7pktYjqhyMpvuwqlL8' + 'Kvz4YguSFakkH6cGarGzqFrIJk6B'],
  },
  {
    kind: 'vercel',
    carrier: 'env-file',
    text: 'VERCEL_TOKEN=' + 'OAMyldqbV5U8' + 'eYOz3Z933jp5',
    secret: ['OAMyldqbV5U8' + 'eYOz3Z933jp5'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'pan:' + '40579118' + '98211133 declined by issuer',
    secret: ['40579118' + '98211133', '189821'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'card' + '40485785' + '61776114x is not a valid file name',
    secret: ['40485785' + '61776114', '856177'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'user typed ' + '4608  7835 ' + ' 8942  2905 in the search box',
    secret: ['4608  7835 ' + ' 8942  2905'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'q="' + '5592\u00a05553' + '\u00a05076\u00a07717" no results',
    secret: ['5592\u00a05553' + '\u00a05076\u00a07717'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'note: pay with ' + '4348.2861' + '.5843.9024 tomorrow',
    secret: ['4348.2861' + '.5843.9024'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'upload ' + '5158_8030' + '_0744_2938.pdf failed',
    secret: ['5158_8030' + '_0744_2938'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'invalid card number: 370973663187557',
    secret: ['370973663187557', '663187'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'JCB ' + '3530 2104' + ' 6274 6759 not supported',
    secret: ['3530 2104' + ' 6274 6759'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'diners 30567915584165 not supported',
    secret: ['30567915584165', '155841'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'Track2 ;' + '47522317' + '29096746=2712101771715499481?',
    secret: ['47522317' + '29096746', '172909', '771715499481'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: '%B' + '52260909' + '20110002^HOPPER/G^27121010000000000000?',
    secret: ['52260909' + '20110002', '092011'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'comment="my visa is ' + '4877-4740' + '-7523-2925, exp 12/27"',
    secret: ['4877-4740' + '-7523-2925'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'maestro card ' + '675996401' + '4153486774 expired',
    secret: ['675996401' + '4153486774', '401415'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'unionpay card no. ' + '6228 5393' + ' 9062 7883 refused',
    secret: ['6228 5393' + ' 9062 7883'],
  },
  {
    kind: 'card',
    carrier: 'prose',
    text: 'CC#' + '47970218' + '57101047,CVV#205',
    secret: ['47970218' + '57101047', '185710', '205'],
  },
  { kind: 'cvv', carrier: 'prose', text: 'retry with CVV: 581 for card on file', secret: ['581'] },
  { kind: 'cvv', carrier: 'prose', text: 'cvv2=0429 cavv missing', secret: ['0429'] },
  { kind: 'ssn', carrier: 'prose', text: 'SSN: 512-44-1938 failed verification', secret: ['512-44-1938'] },
  {
    kind: 'ssn',
    carrier: 'prose',
    text: 'social security number 623 12 9087 mismatch',
    secret: ['623 12 9087'],
  },
  { kind: 'ssn', carrier: 'prose', text: 'ssn=401559823 bureau timeout', secret: ['401559823'] },
  {
    kind: 'iban',
    carrier: 'prose',
    text: 'IBAN ' + 'GB82 WEST 123' + '4 5698 7654 32 rejected by bank',
    secret: ['GB82 WEST 123' + '4 5698 7654 32'],
  },
  {
    kind: 'iban',
    carrier: 'prose',
    text: 'transfer to iban:' + 'FR14200410100' + '50500013M02606 queued',
    secret: ['FR14200410100' + '50500013M02606'],
  },
  { kind: 'pin', carrier: 'prose', text: 'card PIN: 4829 wrong, 2 tries left', secret: ['4829'] },
  {
    kind: 'otp',
    carrier: 'prose',
    text: 'Your verification code is 738201, valid for 5 minutes',
    secret: ['738201'],
  },
  {
    kind: 'otp',
    carrier: 'prose',
    text: '2FA backup codes: x4k9-77qm, p2v8-31zt',
    secret: ['x4k9-77qm', 'p2v8-31zt'],
  },
  {
    kind: 'seed-phrase',
    carrier: 'prose',
    text:
      'recovery phrase: ' +
      'gravity machine north sort system femal' +
      'e filter attitude volume fold club stay',
    secret: [
      'gravity ma' + 'chine north',
      'sort syst' + 'em female',
      'filter atti' + 'tude volume',
      'fold club stay',
    ],
  },
  {
    kind: 'seed-phrase',
    carrier: 'yaml',
    text: 'mnemonic: "' + 'hollow ribbon acid eagle marble socce' + 'r twelve oven glide basic puzzle lamp"',
    secret: [
      'hollow ri' + 'bbon acid',
      'eagle mar' + 'ble soccer',
      'twelve o' + 'ven glide',
      'basic pu' + 'zzle lamp',
    ],
  },
  {
    kind: 'wallet-key',
    carrier: 'env-file',
    text: 'ETH_PRIVATE_KEY=0x' + '8092d40c293e21de476a071a443364f9' + 'a0dc77ca4de4a7aeef7c4302e7ae89f7',
    secret: ['8092d40c293e21de476a071a443364f9' + 'a0dc77ca4de4a7aeef7c4302e7ae89f7'],
  },
  {
    kind: 'wallet-key',
    carrier: 'json',
    text:
      '{"xprv":"xprv9s21ZrQH143K' +
      'ceLXhfjIhYNHy7dAitH5OtD3K7rU5zeZVcPhZRy2zR3FDTV' +
      '4P5wEJUPYKFnYI3YWm3OZMaa70he1TCMnDo2Ve6TVGNl7Gdu"}',
    secret: [
      'ceLXhfjIhYNHy7dAitH5OtD3K7rU5zeZVcPhZRy2zR3FDTV' + '4P5wEJUPYKFnYI3YWm3OZMaa70he1TCMnDo2Ve6TVGNl7Gdu',
    ],
  },
  {
    kind: 'password',
    carrier: 'prose',
    text: "Login failed for ann with password 'pr0se-Quoted'",
    secret: ['pr0se', 'Quoted'],
  },
  {
    kind: 'password',
    carrier: 'prose',
    text: 'the password is pr0se-Is-9 and the user is bo',
    secret: ['pr0se'],
  },
  { kind: 'password', carrier: 'prose', text: 'Temporary password: T3mp-Issued', secret: ['T3mp', 'Issued'] },
  { kind: 'password', carrier: 'prose', text: 'user/pass: admin/sl4sh-Pair', secret: ['sl4sh', 'Pair'] },
  {
    kind: 'password',
    carrier: 'prose',
    text: 'changed password from fr0m-This1 to t0-That-22',
    secret: ['fr0m', 'This1'],
  },
  {
    kind: 'password',
    carrier: 'prose',
    text: 'Passwort: schl0ss-Garten (Benutzer eva)',
    secret: ['schl0ss', 'Garten'],
  },
  {
    kind: 'password',
    carrier: 'prose',
    text: 'contrase\u00f1a: c0ntra-Sena9 usuario: ines',
    secret: ['c0ntra', 'Sena9'],
  },
  { kind: 'password', carrier: 'prose', text: 'mot de passe = m0t-De-P4sse', secret: ['P4sse'] },
  { kind: 'password', carrier: 'prose', text: 'wifi psk="wp4-Psk-Home" ssid="lab"', secret: ['Home'] },
  {
    kind: 'password',
    carrier: 'prose',
    text: 'SNMPv3 authPassword snmp-4uth-x privPassword snmp-Pr1v-x',
    secret: ['snmp', '4uth', 'Pr1v'],
  },
  {
    kind: 'jwt',
    carrier: 'prose',
    text:
      'decoded token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.' +
      'eyJzdWIiOiIzMjc3MiIsIm5hbWUiOiJjYXJsYSIsImV4cCI6MTcwM' +
      'TU2ODM2N30.xx_RfdjiWUiUfQcLFNB_1Q6BrFQDMsZaqPUpfb3B8lI without kid',
    secret: [
      'eyJzdWIiOiIzMjc3MiIsIm5hbWUiOiJ' + 'jYXJsYSIsImV4cCI6MTcwMTU2ODM2N30',
      'RfdjiWUi' + 'UfQcLFNB',
      '1Q6BrFQDMsZ' + 'aqPUpfb3B8lI',
    ],
  },
  {
    kind: 'jwt',
    carrier: 'prose',
    text:
      'jwe eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..' +
      'tiuGOG3Bcxy7zOYb.VEc-_ma0yrNLJQrSs1CJX_p' +
      'zmRp8a3L5ZEvXfp57.WLA4L8N0EotuFRrWIVp6Di could not be decrypted',
    secret: [
      'tiuGOG3B' + 'cxy7zOYb',
      'ma0yrNLJ' + 'QrSs1CJX',
      'pzmRp8a3L' + '5ZEvXfp57',
      'WLA4L8N0Eot' + 'uFRrWIVp6Di',
    ],
  },
  {
    kind: 'session',
    carrier: 'prose',
    text:
      'Session sess_' +
      'BycqA6c1MoiqV1pL' +
      '19heHgljwday99AV resumed; session token ' +
      'Ppzubpmp02uhr383OdcU' +
      '9B0fQE2SJMWMekbnwVgN',
    secret: ['BycqA6c1MoiqV1pL' + '19heHgljwday99AV', 'Ppzubpmp02uhr383OdcU' + '9B0fQE2SJMWMekbnwVgN'],
  },
  {
    kind: 'oauth-code',
    carrier: 'prose',
    text: 'exchange failed for authorization code ac_' + 'hkKGIweHyadE8DDqTfOB' + '3tfdngpcCB9iwhg3Fcz6',
    secret: ['hkKGIweHyadE8DDqTfOB' + '3tfdngpcCB9iwhg3Fcz6'],
  },
  {
    kind: 'paseto',
    carrier: 'prose',
    text:
      'paseto v2.local.' +
      '3UsvmlKGAYn-vL3SPYDQJfPvIQc-6VxRdDJ0KItMJCOHat1pP6' +
      'bMbe-hlZtdUY-HB79C7hKeusGajaC91qGvHCqW2kTEPVyLT8N6 rejected',
    secret: [
      '3UsvmlKGAYn',
      'vL3SPYDQJfPvIQc',
      '6VxRdDJ0KItMJ' + 'COHat1pP6bMbe',
      'hlZtdUY',
      'HB79C7hKeusGajaC91' + 'qGvHCqW2kTEPVyLT8N6',
    ],
  },
  {
    kind: 'macaroon',
    carrier: 'prose',
    text:
      'macaroon token=MDAxY2xvY2F0aW9u' +
      'qcXyF28PV-s9nGwCvJKBtG1BfJAvOo686DqjVR9y' +
      'kOivj6L409AzRKhHE98drDgaU0UNUx765QxcgZFd',
    secret: ['qcXyF28PV', 's9nGwCvJKBtG1BfJAvOo686DqjVR9ykOivj' + '6L409AzRKhHE98drDgaU0UNUx765QxcgZFd'],
  },
  {
    kind: 'device-code',
    carrier: 'json',
    text:
      '{"device_code":"' +
      'FEIwmCodSCZ2y3LIGO61' +
      'EBrr4_sf5YuEHEkmUo47","user_code":"WDJB-MJHT","interval":5}',
    secret: ['FEIwmCodSCZ2' + 'y3LIGO61EBrr4', 'sf5YuEHEkmUo47'],
  },
  {
    kind: 'k8s-token',
    carrier: 'yaml',
    text:
      'users:\n- name: ci\n  user:\n    token: eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6IjhhNjNhNGJmIn0.' +
      'eyJzdWIiOiIyNTM3MiIsIm5hbWUiOiJodWdvIiwiZXhwIjoxNzA3OTgwOTA4fQ.WIBR7XWsUB6OXxqRoaTYI3sSl_PqSoF_' +
      'dJhhwCDQBM_WBSP_cDdpHzFqEJAySPl43uGr4hzeRltYQB0c6T7P7VkiNChjx5RB2PhEJWijkiUYsLwWvAVa3BolUniP_uBU',
    secret: [
      'eyJzdWIiOiIyNTM3MiIsIm5hbWUiOiJ' + 'odWdvIiwiZXhwIjoxNzA3OTgwOTA4fQ',
      'WIBR7XWsUB6O' + 'XxqRoaTYI3sSl',
      'PqSoF',
      'dJhhwCDQBM',
      'WBSP',
      'cDdpHzFqEJAySPl43uGr4hzeRltYQB0c6T7P7V' + 'kiNChjx5RB2PhEJWijkiUYsLwWvAVa3BolUniP',
    ],
  },
  {
    kind: 'k8s-token',
    carrier: 'yaml',
    text:
      'kubeadm join 10.0.0.1:6443 --token ' +
      'h8ooso.2162' +
      'ntwtkad62mvt --discovery-token-ca-cert-hash sha256:188b01b50d56e7b0f70fb0b62fd4cf874355273d9e3d45b790120aa0e01d9a62',
    secret: ['h8ooso', '2162ntwt' + 'kad62mvt'],
  },
  {
    kind: 'kubeconfig',
    carrier: 'yaml',
    text:
      'client-key-data: LS0tLS1CRUdJTi' +
      'DJ3ArHKGAZXqZ2GnCmwQNdqe5dc9Bly1BGHDyqNFewH9P' +
      '41n96RcRR4+jJVfY3djBhCOjTpQfNsyKeV7yyppcd4ND7=',
    secret: [
      'DJ3ArHKGAZXqZ2GnCmwQNdqe5dc' + '9Bly1BGHDyqNFewH9P41n96RcRR4',
      'jJVfY3djBhCOjTpQf' + 'NsyKeV7yyppcd4ND7',
    ],
  },
  {
    kind: 'saml',
    carrier: 'json',
    text:
      '{"SAMLResponse":"PHNhbWwycDpSZXNwb25zZ' +
      'JCMJqdI9na9652S85DHDENbEKHl2YdovVbeSeOeSCTgRm' +
      '/8a9oObwQT2NnnL+ZYe+aGRbPzfltY9X1+7/SJXvmQ2sh","RelayState":"/"}',
    secret: [
      'JCMJqdI9na9652S85DHDEN' + 'bEKHl2YdovVbeSeOeSCTgRm',
      '8a9oObwQT2NnnL',
      'aGRbPzfltY9X1',
      'SJXvmQ2sh',
    ],
  },
];
