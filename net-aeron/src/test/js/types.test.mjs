// The declared types speak of what the modules export, all of it and nothing else.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

const SDK = process.env.SDK;
const sdk = await import(pathToFileURL(join(SDK, 'horizon.js')).href);
const types = readFileSync(join(SDK, 'horizon.d.ts'), 'utf8');

test('every export is declared, and every declared value is exported', () => {
  const declared = [...types.matchAll(/^export (?:class|function|const) (\w+)/gm)].map(([, name]) => name);
  assert.deepEqual(declared.toSorted(), Object.keys(sdk).toSorted());
});

test('every declared member of a class is there', () => {
  const classes = [...types.matchAll(/^export class (\w+)[^{]*{\n(.*?)^}/gms)];
  assert.ok(classes.length >= 6, String(classes.length));
  let members = 0;
  for (const [, name, body] of classes) {
    const source = sdk[name].toString();
    for (const [, member] of body.matchAll(/^  (?:static |readonly )*(\w+)[(<:?]/gm)) {
      members++;
      if (member in sdk[name].prototype) continue;
      assert.match(source, new RegExp(`\\b${member}\\b`), `${name}.${member}`);
    }
  }
  assert.ok(members > 40, String(members));
});

test('payloads are those of the gateway', () => {
  const fields = [
    { name: 'flag', kind: 'BOOLEAN' }, { name: 'small', kind: 'INT', list: true },
    { name: 'big', kind: 'LONG' }, { name: 'real', kind: 'FLOAT' }, { name: 'words', kind: 'TEXT' },
    { name: 'choice', kind: 'ENUM', constants: ['A', 'B'] }, { name: 'who', kind: 'ENTITY' },
    { name: 'nested', kind: 'RECORD', fields: [{ name: 'deep', kind: 'DOUBLE' }] },
  ];
  const payload = sdk.encodePayload(fields, {
    flag: true, small: [1, -2], big: 9007199254740993n, real: 1.5, words: 'h\u00e4', choice: 'B',
    who: '1:42', nested: { deep: 0.5 },
  });
  assert.equal(Buffer.from(payload).toString('hex'),
    '01' + '020001000000feffffff' + '0100000000002000' + '0000c03f' + '030068c3a4' + '01'
    + '2a00000000010000' + '000000000000e03f');
  assert.throws(() => sdk.encodePayload(fields, {}), TypeError);
});
