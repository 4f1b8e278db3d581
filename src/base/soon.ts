/** Calls back as soon as messages, timers and input have had their turn; setTimeout waits 4 ms for that in browsers. */
export function soon(): (act: () => void) => void {
  if (typeof setImmediate === 'function') return setImmediate;
  const { port1, port2 } = new MessageChannel();
  const acts: (() => void)[] = [];
  port1.onmessage = () => acts.shift()?.();
  return (act) => {
    acts.push(act);
    port2.postMessage(0);
  };
}
