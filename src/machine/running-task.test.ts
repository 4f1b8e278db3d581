import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAKE_LAYOUT, fakeCpu, SLIDE } from './fake-memory.ts';
import { look } from './look.ts';

const task = { pid: 4242, name: 'a-name-of-fifte' };

test('the running task is read through pcpu_hot, wherever KASLR has put the kernel', () => {
  assert.deepEqual(look(fakeCpu(task), FAKE_LAYOUT, undefined).kernel, {
    slide: SLIDE, task: { pid: 4242, thread: 4242, name: 'a-name-of-fifte', kernel: false, at: 0xc0005000 },
  });
});

test('a task without an address space of its own is told from a program', () => {
  assert.equal(look(fakeCpu({ pid: 0, name: 'swapper' }), FAKE_LAYOUT, undefined).kernel?.task.kernel, true);
});

test('no kernel is seen before it has set the processor up, nor by an entry that a reset left behind', () => {
  const before = fakeCpu(task);
  before.sysenter_eip[0] = 0;
  assert.equal(look(before, FAKE_LAYOUT, undefined).kernel, undefined);
  const stale = fakeCpu(task);
  stale.sysenter_eip[0] = (stale.sysenter_eip[0] ?? 0) + 0x200000;
  assert.equal(look(stale, FAKE_LAYOUT, undefined).kernel, undefined);
  const firmware = fakeCpu(task);
  firmware.cr[0] = 0x11;
  assert.equal(look(firmware, FAKE_LAYOUT, undefined).kernel, undefined);
});
