import { describe, expect, it } from 'vitest';
import { formBytes, requestOf, requestWith } from '../../checks/upload/form.ts';
import { avatar, image, uploadTest } from '../../checks/upload/upload-test.ts';

const { disk, empty, guard, refused } = uploadTest();

describe('a request', () => {
  it('that is not a form is refused', async () => {
    for (const contentType of [
      'application/json',
      'multipart/mixed; boundary=x',
      'application/x-www-form-urlencoded',
      'multipart/form-dataX; boundary=x',
    ]) {
      await refused(guard().receive(requestOf('', { contentType })), 'upload/not-multipart');
    }
    const packed = requestOf(formBytes([]), { headers: { 'content-encoding': 'gzip' } });
    await refused(guard().receive(packed), 'upload/not-multipart');
  });

  it.each([
    '',
    '; boundary=',
    `; boundary=${'b'.repeat(71)}`,
    '; boundary=a; boundary=b',
    '; boundary="a\u00e9"',
    '; boundary="a "',
    '; boundary=a b',
  ])('with the boundary %j is refused', (parameter) =>
    refused(
      guard().receive(requestOf('', { contentType: `multipart/form-data${parameter}` })),
      'upload/malformed',
    ),
  );

  it.each(['b', 'b'.repeat(70), '"a b"', '"\'()+_,-./:=?"'])(
    'with the boundary %s is accepted',
    async (given) => {
      const body = `--${given.replaceAll('"', '')}\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--${given.replaceAll('"', '')}--`;
      const { fields } = await guard().receive(
        requestOf(body, { contentType: `Multipart/Form-Data; charset=utf-8; Boundary=${given}` }),
      );
      expect(fields.get('a')).toBe('1');
    },
  );

  it('that announces too many bytes is refused before any of it is read', async () => {
    const request = requestOf(formBytes([avatar()]), { headers: { 'content-length': '100000000' } });
    await refused(guard().receive(request), 'upload/too-large', { what: 'request' });
  });

  it('larger than the quota for this call is refused', async () => {
    const body = formBytes([avatar()]);
    expect((await guard().receive(requestOf(body), { maxBytes: body.length })).files['avatar']).toBeDefined();
    empty();
    await refused(guard().receive(requestOf(body), { maxBytes: body.length - 1 }), 'upload/too-large', {
      what: 'request',
    });
  });

  it('whose body was already read throws a Misuse', async () => {
    const request = requestWith([avatar()]);
    await request.arrayBuffer();
    await expect(guard().receive(request)).rejects.toMatchObject({ code: 'upload/body-already-read' });
  });
});

describe('a store that fails', () => {
  const broken = (method: string, error: Error) => {
    const begin = async () => {
      const file = await disk().store.begin();
      return Object.create(file, { [method]: { value: () => Promise.reject(error) } });
    };
    return guard(undefined, { store: { ...disk().store, begin } });
  };

  it.each(['write', 'flush', 'publish'])(
    'in %s is answered with a clear error, and nothing is left',
    async (method) => {
      const full = broken(method, Object.assign(new Error('no space'), { code: 'ENOSPC' }));
      await refused(full.receive(requestWith([avatar()])), 'upload/store-full');
      await refused(
        broken(method, new Error('gone')).receive(requestWith([avatar()])),
        'upload/store-failed',
      );
      expect(disk().left()).toEqual([]);
    },
  );

  it('at the second file removes the first', async () => {
    let published = 0;
    const begin = async () => {
      const file = await disk().store.begin();
      const publish: typeof file.publish = (record) =>
        ++published > 1 ? Promise.reject(new Error('gone')) : file.publish(record);
      return Object.create(file, { publish: { value: publish } });
    };
    const two = guard({ avatar: { ...image, maxFiles: 2 } }, { store: { ...disk().store, begin } });
    await refused(two.receive(requestWith([avatar(), avatar()])), 'upload/store-failed');
    expect(published).toBe(2);
  });
});
