/** Runs in the head, before the first paint, so that a remembered theme never flashes. src/ui/theme.ts writes the key. */
export const applyTheme =
  "try{const t=localStorage.getItem('bootable:theme');if(t)document.documentElement.dataset.theme=t}catch{}";
