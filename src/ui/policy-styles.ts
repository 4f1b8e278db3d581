/**
 * xterm writes `<style>` elements and style attributes, which the page's policy (`style-src 'self'`) forbids; the same
 * styles set through the CSS object model are allowed. From here on `document.createElement` therefore gives
 * it stand-ins whose text becomes an adopted style sheet, and spans whose style attribute is set property by property.
 */
export function allowStyles(): void {
  const styleStandIn = (): HTMLElement => {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
    // An empty <style> is already an inline style to the policy; a template shows nothing either.
    return Object.defineProperty(make('template'), 'textContent', {
      set: (css: string) => sheet.replaceSync(css),
    });
  };
  const styledSpan = (): HTMLElement => {
    const span = make('span');
    span.setAttribute = (name: string, value: string) => {
      if (name === 'style') span.style.cssText = value;
      else Element.prototype.setAttribute.call(span, name, value);
    };
    return span;
  };

  const make = (name: string): HTMLElement => Document.prototype.createElement.call(document, name);
  const createElement = (name: string): HTMLElement =>
    name === 'style' ? styleStandIn() : name === 'span' ? styledSpan() : make(name);
  Object.defineProperty(document, 'createElement', { value: createElement });
}
