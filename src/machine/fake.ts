import { realTimers, type Timers } from '../base/timers.ts';
import { FakeEngine, type FakeParts } from './fake-engine.ts';
import type { EngineEvent } from './engine.ts';
import type { Machine } from './machine.ts';
import { Pc } from './pc.ts';

export type { FakeAnswer, FakeScripts, FakeWorld } from './fake-agent.ts';

/** A machine for tests, and the lever that makes it fail: everything but the emulator is real. */
export function openFake(parts: Partial<FakeParts> = {}, timers: Timers = realTimers): { machine: Machine; report(event: EngineEvent): void } {
  let engine: FakeEngine | undefined;
  const machine = new Pc({
    key: 'fake',
    screen: 'root@node-1:~# ',
    timers,
    open: (tell) => (engine = new FakeEngine({ scripts: () => ({}), lines: () => '', ...parts }, tell)),
  });
  return { machine, report: (event) => engine?.report(event) };
}
