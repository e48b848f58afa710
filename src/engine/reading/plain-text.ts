import type { Nodes } from 'mdast';

/** The text of a node without markup: one line, HTML tags dropped (not `<namespace>`), spaces folded. */
export function plainText(node: Nodes): string {
  return gather(node).replace(/\s+/g, ' ').trim();
}

const TAG =
  /^<(?:!--|\/?(?:a|abbr|b|big|br|center|code|del|details|div|em|font|h[1-6]|hr|i|img|input|ins|kbd|li|mark|ol|p|picture|pre|s|small|source|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul|var|video)\b)/i;

function gather(node: Nodes): string {
  if (node.type === 'html') return TAG.test(node.value) ? '' : node.value;
  if (node.type === 'footnoteReference') return '';
  if (node.type === 'break') return ' ';
  if (node.type === 'image' || node.type === 'imageReference') return node.alt ?? '';
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map((child) => gather(child)).join('') : '';
}
