import type { ShikiTransformer } from 'shiki';

/**
 * Turns the colours of Shiki's css-variables theme into classes (`t-keyword`), so that code blocks carry no style
 * attribute: the page's security policy forbids them, and both themes come from site.css.
 */
export function tokenClasses(): ShikiTransformer {
  return {
    name: 'token-classes',
    span(node) {
      const token = /token-([a-z-]+)/.exec(String(node.properties.style ?? ''))?.[1];
      delete node.properties.style;
      if (token) node.properties.class = `t-${token}`;
    },
    pre(node) {
      delete node.properties.style;
      // A block that scrolls must be reachable by keyboard; Shiki sets this, and a theme without colours drops it.
      node.properties.tabindex = '0';
      node.properties.class = 'code';
    },
  };
}
