interface TrustedTypes {
  readonly defaultPolicy: unknown;
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): unknown;
}

/**
 * The page's policy demands Trusted Types: nothing that is text becomes HTML or code. What stays allowed, from here on, are
 * workers from files of this site; the browser asks the policy called "default" for each.
 */
export function ownScripts(): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  if (!trustedTypes || trustedTypes.defaultPolicy) return;
  trustedTypes.createPolicy('default', {
    createScriptURL(address) {
      if (new URL(address, location.href).href.startsWith(`${location.origin}/`)) return address;
      throw new TypeError(`${address} is no script of this site.`);
    },
  });
}
