import type { Budget } from '../http/budget.ts';
import { noAnswerSentences } from '../http/no-answer-reason.ts';
import { askHello, type HelloAnswer, type TlsPort } from './ask-hello.ts';
import { allCiphers, tls13Ciphers, weakCiphers } from './cipher-codes.ts';
import { versionCodes } from './client-hello.ts';
import { shakeHands } from './shake-hands.ts';
import type { CipherResult, TlsVersion, TlsView, VersionResult, WeakCipher } from './tls-view.ts';

export interface TlsProbeOptions {
  readonly budget: Budget;
  /** Of one handshake. */
  readonly timeoutMs: number;
  /** Authorities in PEM that are trusted too. */
  readonly ca?: string | undefined;
  readonly now: Date;
}

/** Looks at how a port speaks TLS, with at most 12 handshakes. No request is sent. */
export async function probeTls(port: TlsPort, options: TlsProbeOptions): Promise<TlsView> {
  const { budget, timeoutMs } = options;
  const base = { host: port.hostname, port: port.port } as const;
  const shake = (await budget.connection())
    ? await shakeHands(port, options)
    : { failure: noAnswerSentences['not-sent'], isSilent: true };
  const isSilent = 'isSilent' in shake && shake.isSilent;
  const ask = async (offered: readonly TlsVersion[], ciphers: readonly number[]): Promise<HelloAnswer> =>
    !isSilent && (await budget.connection())
      ? askHello(port, offered, ciphers, Math.min(timeoutMs, budget.leftMs))
      : { kind: 'none', reason: 'not-sent' };
  const asked = await Promise.all(
    versions.map(
      async (version) =>
        [version, await ask([version], version === 'TLSv1.3' ? tls13Ciphers : allCiphers)] as const,
    ),
  );
  const isTls = !('failure' in shake) || asked.some(([, { kind }]) => kind === 'hello' || kind === 'alert');
  const results = asked.map(([version, answer]) => versionResult(version, answer, isTls));
  const old = results.filter(({ version, state }) => version !== 'TLSv1.3' && state === 'accepted');
  const isNew = results.every(({ version, state }) => version === 'TLSv1.3' || state === 'refused');
  const weak = Object.entries(weakCiphers) as readonly [WeakCipher, readonly number[]][];
  const ciphers = await Promise.all(
    weak.map(async ([kind, codes]): Promise<CipherResult> => {
      // What knows TLS 1.3 only has none of them.
      if (isNew) return { kind, state: 'refused' };
      if (old.length === 0) return { kind, state: 'untested' };
      return cipherResult(kind, codes, await ask([newest(old)], codes), isTls);
    }),
  );
  const { failure, certificate, alpn } = {
    failure: undefined,
    certificate: undefined,
    alpn: undefined,
    ...shake,
  };
  return {
    ...base,
    versions: results,
    weakCiphers: ciphers,
    ...(certificate !== undefined && { certificate }),
    ...(alpn !== undefined && { alpn }),
    ...(failure !== undefined && { failure }),
  };
}

const versions: readonly TlsVersion[] = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

function newest(results: readonly VersionResult[]): TlsVersion {
  return results.at(-1)?.version ?? 'TLSv1.2';
}

/** Some servers hang up without an alert. That refuses only where they are known to speak TLS. */
function isRefusal(answer: HelloAnswer, isTls: boolean): boolean {
  if (answer.kind === 'alert') return answer.code !== unrecognizedName;
  return answer.kind === 'none' && answer.reason === 'closed' && isTls;
}

const unrecognizedName = 112;

function versionResult(version: TlsVersion, answer: HelloAnswer, isTls: boolean): VersionResult {
  if (answer.kind === 'hello') {
    return { version, state: answer.version === versionCodes[version] ? 'accepted' : 'refused' };
  }
  return { version, state: isRefusal(answer, isTls) ? 'refused' : 'untested' };
}

function cipherResult(
  kind: WeakCipher,
  codes: readonly number[],
  answer: HelloAnswer,
  isTls: boolean,
): CipherResult {
  if (answer.kind === 'hello' && codes.includes(answer.cipher)) {
    return { kind, state: 'accepted', chosen: `0x${answer.cipher.toString(16).padStart(4, '0')}` };
  }
  return { kind, state: isRefusal(answer, isTls) ? 'refused' : 'untested' };
}
