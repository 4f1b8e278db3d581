/** A probe's piece: these properties of these units with one call of systemctl, which is a slow program here. */
export const showUnits = (properties: readonly string[], units: readonly string[]): string =>
  `systemctl show ${['Id', ...properties].map((name) => `-p ${name}`).join(' ')} ${units.join(' ')} 2>/dev/null`;

/** What `showUnits` printed: the properties by unit. */
export function unitsShown(stdout: string): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const units = new Map<string, Readonly<Record<string, string>>>();
  for (const block of stdout.split('\n\n')) {
    const properties = Object.fromEntries([...block.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
    if (properties.Id) units.set(properties.Id, properties);
  }
  return units;
}

/** A probe's piece: units that are masked, a path on a line. */
export const MASKED = 'find /etc/systemd/system /run/systemd/system -lname /dev/null | sort';

/** The first unit that is masked and was not when the baseline was taken; undefined where there is none. */
export function newlyMasked(stdout: string, baseline: string): string | undefined {
  const known = new Set(baseline.split('\n'));
  return stdout.split('\n').find((line) => line.startsWith('/') && !known.has(line))?.replace(/.*\//, '');
}
