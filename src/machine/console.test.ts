import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { Console } from './console.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('the transcript is parted where the processor began again', () => {
  const console = new Console(() => undefined);
  console.receive(bytes('one'));
  console.bootBegins();
  console.receive(bytes('tw'));
  console.receive(bytes('o'));
  deepEqual(console.boots(), ['one', 'two']);
  equal(console.transcript(), 'onetwo');
});

test('a boot that has said nothing yet is there; earlier ones without a word are not', () => {
  const console = new Console(() => undefined);
  console.bootBegins();
  console.receive(bytes('one'));
  console.bootBegins();
  deepEqual(console.boots(), ['one', '']);
});

test('what a saved machine had shown comes back, and its last boot is painted', () => {
  const console = new Console(() => undefined);
  const painted: string[] = [];
  console.receive(bytes('gone'));
  console.read((data) => painted.push(new TextDecoder().decode(data)));
  console.clear(['one', 'two']);
  console.receive(bytes('!'));
  deepEqual(console.boots(), ['one', 'two!']);
  deepEqual(painted, ['two', '!']);
});

test('the newest 256 KiB are kept, whichever boots they are of', () => {
  const console = new Console(() => undefined);
  console.receive(bytes('a'.repeat(300 * 1024)));
  console.bootBegins();
  console.receive(bytes('b'.repeat(250 * 1024)));
  deepEqual(console.boots().map((text) => [text[0], text.length]), [['a', 6 * 1024], ['b', 250 * 1024]]);
  console.receive(bytes('c'.repeat(256 * 1024)));
  deepEqual(console.boots().map((text) => [text[0], text.length]), [['c', 256 * 1024]]);
});
