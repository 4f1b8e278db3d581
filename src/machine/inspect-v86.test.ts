import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { BUSY, lookUntil } from './contract-look.ts';
import { checkoutWithSnapshot } from './snapshot-build.ts';
import type { Inspection } from './inspection.ts';
import type { Machine } from './machine.ts';
import { openMachine, type Checkout } from './node.ts';
import type { End } from './paging.ts';

// What a look from outside says is compared with what the guest says of itself.

let checkout: Checkout;
let machine: Machine;

before(async () => {
  checkout = await checkoutWithSnapshot(console.error);
  machine = openMachine(checkout);
  await machine.start('snapshot');
});

after(() => machine.dispose());

async function guest(script: string): Promise<string> {
  const { code, stdout, stderr } = await machine.guest.run(script, { timeout: 120_000 });
  assert.equal(code, 0, `${script}\n${stderr}`);
  return stdout.trim();
}

/** While a program that never rests is on the processor. */
async function busy(work: (pid: number) => Promise<void>): Promise<void> {
  const pid = Number(await guest(BUSY));
  try {
    await work(pid);
  } finally {
    await guest(`kill ${pid}`);
  }
}

const withProgram = (pid: number, address?: number): Promise<Inspection> =>
  lookUntil(machine, ({ kernel }) => kernel?.task.pid === pid, `pid ${pid} on the processor`, address);

test('the running task is the one that /proc knows by this pid, and has an address space of its own', () => busy(async (pid) => {
  const { kernel, cr0, cr4 } = await withProgram(pid);
  const [, name, tgid] = /^\d+ \((.*)\) [\s\S]*?^Tgid:\t(\d+)$/m.exec(await guest(`cat /proc/${pid}/stat /proc/${pid}/status`)) ?? [];
  assert.deepEqual([kernel?.task.name, kernel?.task.pid, kernel?.task.kernel], [name, Number(tgid), false]);
  assert.equal(cr0 >>> 31, 1);
  assert.equal(cr4 & 0x20, 0, 'the kernel was built without PAE');
}));

test('KASLR has moved the kernel by as much as the look says', async () => {
  const text = parseInt(await guest("awk '$3 == \"_text\" { print $1 }' /proc/kallsyms"), 16);
  const { kernel } = await machine.inspect();
  assert.equal((parseInt(checkout.manifest.layout.symbols._text, 16) + (kernel?.slide ?? 0)) >>> 0, text);
});

test('an idle machine runs the idle task, halted in ring 0', async () => {
  const { kernel, privilege } = await lookUntil(machine, ({ halted }) => halted, 'a halted processor');
  assert.deepEqual([kernel?.task.pid, kernel?.task.name, kernel?.task.kernel, privilege], [0, 'swapper', true, 0]);
});

/** What /proc/PID/pagemap says of each virtual address: bit 63 present, bits 0 to 54 the frame. */
async function pagemap(pid: number, addresses: readonly number[]): Promise<{ present: boolean; frame: number }[]> {
  const pages = addresses.map((address) => address >>> 12).join(' ');
  const lines = await guest(`for page in ${pages}; do dd if=/proc/${pid}/pagemap bs=8 skip=$page count=1 2>/dev/null | od -An -tx8; done`);
  return lines.split('\n').map((line) => BigInt(`0x${line.trim()}`)).map((entry) => ({ present: Boolean(entry >> 63n), frame: Number(entry & ((1n << 55n) - 1n)) }));
}

test('each kind of page of a program lies in the frame that its pagemap says, with the rights of its map', () => busy(async (pid) => {
  const places = [...(await guest(`cat /proc/${pid}/maps`)).matchAll(/^([0-9a-f]{8})-([0-9a-f]{8}) r(.).. .*?(\S*)$/gm)]
    .filter(([, , , , name]) => name !== '[vvar]') // kernel data, which pagemap leaves out
    .flatMap(([, from = '', to = '', write, name]) => [parseInt(from, 16) + 0x123, parseInt(to, 16) - 1].map((address) => ({ address, name, write: write === 'w' })));
  assert.ok(places.some(({ name }) => name === '[stack]'), 'maps was not understood');
  const ends = [];
  for (const { address } of places) ends.push((await withProgram(pid, address)).walk?.end);
  const told = await pagemap(pid, places.map(({ address }) => address));
  assert.equal(told.length, places.length);
  const seen = { mapped: 0, absent: 0, written: 0 };
  for (const [n, { address, name, write }] of places.entries()) {
    const end: End | undefined = ends[n];
    const where = `${address.toString(16)} of ${name}`;
    if (end?.kind !== 'mapped') {
      assert.deepEqual([end?.kind, told[n]?.present], ['unmapped', false], where);
      seen.absent++;
      continue;
    }
    assert.deepEqual([told[n]?.present, end.physical], [true, (told[n]?.frame ?? 0) * 4096 + (address & 0xfff)], where);
    assert.deepEqual([end.user, end.size], [true, 4096], where);
    seen.mapped++;
    if (!end.writable) continue; // also a page that may be written, until it is
    assert.ok(write, where);
    seen.written++;
  }
  assert.ok(seen.mapped >= 5 && seen.absent >= 1 && seen.written >= 1, JSON.stringify(seen));
}));

test('what no map holds has no mapping, and the kernel is not for programs', () => busy(async (pid) => {
  const { walk } = await withProgram(pid, 0x1000);
  assert.equal(walk?.end.kind, 'unmapped');
  const text = parseInt(await guest("awk '$3 == \"_text\" { print $1 }' /proc/kallsyms"), 16);
  const { walk: kernel } = await withProgram(pid, text);
  // The kernel lies in physical memory where it lies above 3 GiB: i386 maps memory there in one piece.
  assert.ok(kernel?.end.kind === 'mapped' && !kernel.end.user && kernel.end.physical === text - 0xc0000000, JSON.stringify(kernel));
}));

/** Both sides' counts of the same stretch of work: the script prints /proc/stat before and after `load`. */
async function both(load: string): Promise<{ ring3: number; user: number; outside: readonly number[]; inside: readonly number[] }> {
  const start = await machine.inspect();
  const stats = (await guest(`cat /proc/stat; { ${load}; } >/dev/null 2>&1; cat /proc/stat`)).split(/^(?=cpu )/m);
  const end = await machine.inspect();
  const row = (name: string): number[] => {
    const [first, second] = stats.map((text) => (new RegExp(`^${name} +(.*)$`, 'm').exec(text)?.[1] ?? '').split(' ').map(Number));
    return (second ?? []).map((value, n) => value - (first?.[n] ?? 0));
  };
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = row('cpu');
  const rings = end.counts.rings.map((time, n) => time - (start.counts.rings[n] ?? 0));
  return {
    ring3: (rings[3] ?? 0) / rings.reduce((all, one) => all + one, 0),
    user: (user + nice) / (user + nice + system + irq + softirq),
    outside: end.counts.interrupts.map((count, n) => count - (start.counts.interrupts[n] ?? 0)),
    inside: row('intr').slice(1, 17),
  };
}

/** By how much the two may differ, and in what the outside's ring 3 must lie. */
const LOADS = [
  { name: 'a loop in a program', load: 'awk "BEGIN { while (n < 1500000) n++ }"', apart: 0.1, least: 0.9, most: 1 },
  { name: 'copies within the kernel', load: 'dd if=/dev/zero of=/dev/null bs=1M count=3000', apart: 0.1, least: 0, most: 0.1 },
  { name: 'programs that start and end', load: 'n=0; while [ $n -lt 150 ]; do /bin/true; n=$((n+1)); done', apart: 0.1, least: 0.05, most: 0.4 },
  // Of changing length: one that takes as many instructions each time beats against the samples, and against the guest's own timer.
  { name: 'system calls of many kinds', load: 'for time in 1 2 3; do grep -rs x /proc/sys; done', apart: 0.15, least: 0.05, most: 0.35 },
];

for (const { name, load, apart, least, most } of LOADS)
  test(`rings, timer and disk interrupts agree with /proc/stat: ${name}`, async (context) => {
    machine.watch(true);
    const { ring3, user, outside, inside } = await both(load);
    machine.watch(false);
    context.diagnostic(`ring 3 ${ring3.toFixed(3)}, user ${user.toFixed(3)}; interrupts ${outside} / ${inside}`);
    assert.ok(ring3 >= least && ring3 <= most, `ring 3: ${ring3}`);
    assert.ok(Math.abs(ring3 - user) < apart, `ring 3 ${ring3}, user ${user}`);
    // The looks are taken a little before and after the guest's own; a request that meets another still waiting is one for the guest.
    for (const line of [0, 14]) {
      const [requests = 0, taken = 0] = [outside[line], inside[line]];
      assert.ok(requests >= taken && requests <= taken + 100, `line ${line}: ${requests} requests, ${taken} taken`);
    }
    assert.ok((inside[0] ?? 0) > 50, 'too short to compare');
  });
