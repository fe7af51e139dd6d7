import { act, createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it } from 'vitest';
import { paintAxes, paintNewest, paintWave, stepTicks, type WaveFrame } from '../charts/wave-plot.ts';
import { paintCaption } from '../inside/plot.ts';
import { type Drawing, useDrawing } from '../shared/canvas.ts';
import { paintElement } from './paint-elements.ts';
import type { Paper } from './paper.ts';
import { pngPaper } from './png-paper.ts';
import { svgPaper } from './svg-paper.ts';

afterEach(() => document.body.replaceChildren());

const size = { width: 200, height: 100 };

function hosted(html: string): Element {
  document.body.innerHTML = `<div style="position:absolute;left:30px;top:20px;width:200px;height:100px">${html}</div>`;
  return document.body.firstElementChild!;
}

async function pictureOf(host: Element, paper: Paper): Promise<Blob> {
  await paintElement(paper, host, host.getBoundingClientRect());
  return paper.file();
}

/** Pixels of a picture, two for each one of the page in both directions. */
async function pixelsOf(picture: Blob): Promise<Uint8ClampedArray> {
  const image = new Image();
  image.src = URL.createObjectURL(picture);
  await image.decode();
  const { context } = pngPaper(size.width, size.height);
  context.drawImage(image, 0, 0, size.width, size.height);
  return context.getImageData(0, 0, 2 * size.width, 2 * size.height).data;
}

/** Paints a page and looks at its colours. */
async function painted(html: string) {
  const host = hosted(html);
  const paper = pngPaper(size.width, size.height);
  await pictureOf(host, paper);
  const { context } = paper;
  /** How much of a box has a colour, as in `255,0,0`, in pixels of the page. */
  const count = (color: string, x: number, y: number, width: number, height: number) => {
    const { data } = context.getImageData(2 * x, 2 * y, 2 * width, 2 * height);
    let found = 0;
    for (let i = 0; i < data.length; i += 4) if (`${data.slice(i, i + 3)}` === color && data[i + 3]) found++;
    return found / 4;
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

const wave = {
  from: 1,
  to: 40,
  target: (step: number) => Math.sin(step / 5),
  // A network that diverges.
  prediction: (step: number) => (step > 35 ? Number.NaN : 0.8 * Math.sin(step / 5 + 0.3)),
};

/** All that charts draw: dashes, round ends, areas, what is cut off, dots, words of all alignments, and boxes. */
function paintChart(drawing: Drawing): void {
  const { context, width, height } = drawing;
  const frame: WaveFrame = {
    x: 40,
    y: 8,
    width: width - 60,
    height: height - 30,
    last: 40,
    span: 30,
    bound: 0.8,
  };
  const surface = { context, color: (name: string) => (name === '--line' ? 'rgb(0 0 0 / 0.3)' : '#0072b2') };
  paintAxes(surface, frame, stepTicks(frame, false), 1);
  paintWave(surface, frame, wave);
  paintNewest(surface, frame, wave);
  paintCaption(surface, { x: 44, y: 10 }, 'error & <mean>');
  context.strokeStyle = 'color(srgb 1 0 0 / 0.5)';
  context.setLineDash([4, 3]);
  context.strokeRect(60.5, 20.5, 60, 30);
  context.setLineDash([]);
  context.fillRect(Number.POSITIVE_INFINITY, 0, 10, 10);
  context.beginPath();
  context.roundRect(130.5, 20.5, 30, 30, 14);
  context.fill();
  context.stroke();
}

async function shownChart(draw: (drawing: Drawing) => void): Promise<Element> {
  const host = hosted('');
  const Chart = () => createElement('canvas', { ref: useDrawing(draw), style: { width: 200, height: 100 } });
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  await act(async () => createRoot(host).render(createElement(Chart)));
  return host;
}

it('writes what a canvas shows as lines and words, which look the same', async () => {
  const host = await shownChart(paintChart);
  const svg = await pictureOf(host, svgPaper(size.width, size.height));
  const parsed = new DOMParser().parseFromString(await svg.text(), 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  const words = [...parsed.querySelectorAll('text')].map(text => text.textContent);
  expect(words).toEqual(expect.arrayContaining(['1', '0', '−1', '20', '40', 'error & <mean>']));
  const lines = [...parsed.querySelectorAll('path')].map(path => path.getAttribute('d')!);
  expect(lines.some(line => line.split('L').length === 30)).toBe(true);
  expect(await svg.text()).not.toMatch(/NaN|Infinity|<image|style|class=/);

  const [drawn, pixels] = [await pixelsOf(svg), await pixelsOf(await pictureOf(host, pngPaper(200, 100)))];
  const unlike = (than: number) => drawn.filter((value, i) => Math.abs(value - pixels[i]!) > than).length;
  expect(pixels.filter(value => value > 0).length).toBeGreaterThan(10_000);
  expect(unlike(64)).toBeLessThan(drawn.length / 1000);
});

it('keeps pixels of pixels, and nothing else', async () => {
  const host = await shownChart(({ context }) => {
    const raster = document.createElement('canvas');
    [raster.width, raster.height] = [2, 1];
    raster.getContext('2d')!.fillRect(1, 0, 1, 1);
    context.imageSmoothingEnabled = false;
    context.drawImage(raster, 10, 10, 100, 50);
  });
  const svg = await pictureOf(host, svgPaper(size.width, size.height));
  expect(await svg.text()).toMatch(/^<svg [^>]*><image [^>]*href="data:image\/png;[^>]*\/><\/svg>$/);
  const pixels = await pixelsOf(svg);
  const alpha = (x: number, y: number) => pixels[4 * (2 * y * 2 * size.width + 2 * x) + 3];
  expect([alpha(58, 30), alpha(62, 30), alpha(62, 62)]).toEqual([0, 255, 0]);
});
