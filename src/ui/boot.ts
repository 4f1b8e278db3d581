/** The machine's place on the page before it is needed: a button, and the way to the code behind it. */
export class BootMachine extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector<HTMLButtonElement>('[data-boot]');
    if (!button) return;
    button.disabled = false;
    button.addEventListener('click', () => this.boot());
  }

  boot(): void {
    this.dataset['state'] = 'loading';
  }
}
