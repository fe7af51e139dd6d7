import { afterEach, expect, it } from 'vitest';
import { paintElement } from './paint-elements.ts';

afterEach(() => document.body.replaceChildren());

/** Paints a page and looks at its colours. */
async function painted(html: string) {
  document.body.innerHTML = `<div style="position:absolute;left:30px;top:20px;width:200px;height:100px">${html}</div>`;
  const host = document.body.firstElementChild!;
  const context = document.createElement('canvas').getContext('2d')!;
  await paintElement(context, host, host.getBoundingClientRect());
  /** Pixels of a box with a colour, as in `255,0,0`. */
  const count = (color: string, x: number, y: number, width: number, height: number) => {
    const { data } = context.getImageData(x, y, width, height);
    let found = 0;
    for (let i = 0; i < data.length; i += 4) if (`${data.slice(i, i + 3)}` === color && data[i + 3]) found++;
    return found;
  };
  return { host, context, count };
}

const at = (x: number, y: number, more = '') => `position:absolute;margin:0;left:${x}px;top:${y}px;${more}`;

it('paints grounds, borders and words where the page has them', async () => {
  const { count } = await painted(`
    <p style="${at(10, 10, 'width:40px;height:20px;background:#00f;border:2px solid #0f0;box-sizing:border-box')}"></p>
    <b style="${at(100, 40, 'color:#f00;font:40px/40px monospace')}">M<span> M</span></b>`);
  expect(count('0,0,255', 12, 12, 36, 16)).toBe(36 * 16);
  expect(count('0,255,0', 10, 10, 40, 2)).toBe(80);
  const [first, second] = [count('255,0,0', 100, 40, 24, 40), count('255,0,0', 148, 40, 24, 40)];
  expect(first).toBeGreaterThan(50);
  expect(second).toBeGreaterThan(0.9 * first);
  expect(count('255,0,0', 0, 0, 100, 100)).toBe(0);
});

it('paints SVG as the style sheet has it', async () => {
  const { count } = await painted(`
    <style>.dot { fill: #f0f }</style>
    <svg viewBox="0 0 10 10" width="30" height="30" style="${at(50, 50)}"><rect class="dot" width="10" height="10"/></svg>`);
  expect(count('255,0,255', 50, 50, 30, 30)).toBe(900);
});

it('leaves out what is for screen readers, or for the page only', async () => {
  const { count } = await painted(`
    <style>.visually-hidden, [data-page-only] { color: #f00; background: #f00 }</style>
    <p class="visually-hidden">Words</p><p data-page-only>Words</p>`);
  expect(count('255,0,0', 0, 0, 200, 100)).toBe(0);
});
