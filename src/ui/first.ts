import { BootMachine } from './boot.ts';
import { PanelSplit } from './split.ts';
import { themeToggle } from './theme.ts';

// All the JavaScript that a page has before it is used: the rest comes when the reader boots or answers.
const toggle = document.querySelector<HTMLButtonElement>('[data-theme-toggle]');
if (toggle) themeToggle(toggle);
customElements.define('panel-split', PanelSplit);
customElements.define('boot-machine', BootMachine);
