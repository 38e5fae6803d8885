import { runInNewContext } from 'node:vm';
import type { Diagnosis } from '../../cli/doctor/diagnosis.ts';
import type { Cell, Hop } from './cells.ts';
import { type NginxServer, reservePorts, startNginx } from './nginx.ts';
import { openNodeProxy } from './node-proxy.ts';
import { openShop, type ShopOptions } from './shop.ts';

export interface Laid {
  readonly urls: ReadonlyMap<Cell, string>;
  close(): Promise<void>;
}

/** Starts a shop for each cell, and one nginx with all of their proxies. */
export async function layOut(
  cells: readonly Cell[],
  certificate: { readonly key: string; readonly certificate: string },
  framework: 'express' | 'node',
): Promise<Laid> {
  const closing: (() => unknown)[] = [];
  const { ports, release } = await reservePorts(cells.flatMap(({ proxies }) => proxies).length);
  const servers: NginxServer[] = [];
  const urls = new Map<Cell, string>();
  for (const cell of cells) {
    const { proxies, tls = false, host = '127.0.0.1', path = '/' } = cell;
    const own = proxies.map(() => ports.pop() ?? 0);
    const scheme = tls ? 'https' : 'http';
    const shop = await openShop(optionsOf(cell, `${scheme}://${host}:${own[0] ?? 0}`), framework);
    closing.push(() => shop.close());
    let to = shop.port;
    // From the application outwards.
    for (const [index, proxy] of [...proxies.entries()].reverse()) {
      if (typeof proxy === 'string') {
        const { port, server } = await openNodeProxy(to, proxy === 'silent node');
        closing.push(() => server.close().closeAllConnections());
        to = port;
        continue;
      }
      const port = own[index] ?? 0;
      const from = `127.0.0.${2 + index}`;
      servers.push({
        port,
        lines: proxy,
        to: `http://127.0.0.1:${to}`,
        from,
        ...(tls && index === 0 && { tls: certificate }),
      });
      to = port;
    }
    urls.set(cell, `${scheme}://${host}:${to}${path}`);
  }
  await release();
  const nginx = servers.length > 0 ? await startNginx(servers) : undefined;
  return {
    urls,
    async close() {
      await nginx?.stop();
      for (const close of closing) close();
    },
  };
}

function optionsOf({ options }: Cell, origin: string): ShopOptions {
  return typeof options === 'function' ? options(origin) : options;
}

/** The cell with the doctor's fixes applied. */
export function repairedCell(cell: Cell, diagnoses: readonly Diagnosis[]): Cell {
  const wrong = diagnoses.filter(({ verdict }) => verdict === 'wrong');
  // The option origin would hide whether the other lines work.
  const isOther = wrong.some(({ id }) => id.startsWith('proxies/'));
  const lines = wrong
    .filter(({ id }) => id !== 'origin' || !isOther)
    .flatMap(({ fix }) => fix.filter((line) => !line.startsWith('or ')));
  return lines.reduce(applyLine, cell.repaired ? { ...cell, proxies: cell.repaired } : cell);
}

function applyLine(cell: Cell, line: string): Cell {
  const call = /bulwark\((\{.*\})\)/.exec(line)?.[1];
  if (call !== undefined) {
    const added = JSON.parse(JSON.stringify(runInNewContext(`(${call})`))) as ShopOptions;
    // Headers that the cell sets are replaced, not merged.
    return { ...cell, options: (origin) => ({ ...optionsOf(cell, origin), ...relocated(added, origin) }) };
  }
  const [, where, text] =
    /^(each nginx|nginx nearest to the clients|nginx nearest to the application): (proxy_set_header .*);$/.exec(
      line,
    ) ?? [];
  if (text === undefined) return cell;
  const last = cell.proxies.length - 1;
  const isMeant = (index: number): boolean =>
    where === 'each nginx' || index === (where === 'nginx nearest to the clients' ? 0 : last);
  return {
    ...cell,
    proxies: cell.proxies.map((proxy, index) => (isMeant(index) ? withLine(proxy, text) : proxy)),
  };
}

/** The second layout has other ports. */
function relocated(options: ShopOptions, origin: string): ShopOptions {
  if (options.origin === undefined) return options;
  return { ...options, origin: [options.origin].flat().map((one) => (/:\d+$/.test(one) ? origin : one)) };
}

function withLine(proxy: Hop, line: string): Hop {
  if (typeof proxy === 'string') return proxy;
  const directive = line.split(' ').slice(0, 2).join(' ');
  return [...proxy.filter((each) => !each.startsWith(`${directive} `)), line];
}
