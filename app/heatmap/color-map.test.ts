import { describe, expect, test } from 'vitest';
import { amountColor, parseRgb, pixel, type Rgb } from './color-map.ts';

/** Relative luminance (WCAG 2). */
function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map(c => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

const light: Rgb = [227, 230, 235];
const dark: Rgb = [38, 44, 53];

describe('amountColor', () => {
  test.each([
    ['light', light, -1],
    ['dark', dark, 1],
  ] as const)('on a %s page goes one way only in lightness, away from nothing', (_, nothing, direction) => {
    const shares = Array.from({ length: 101 }, (_, i) => i / 100);
    const lightness = shares.map(share => luminance(amountColor(share, nothing)));
    for (let i = 1; i < lightness.length; i++)
      expect((lightness[i]! - lightness[i - 1]!) * direction).toBeGreaterThanOrEqual(-0.002);
    const contrast = (Math.max(...lightness) + 0.05) / (Math.min(...lightness) + 0.05);
    expect(contrast).toBeGreaterThan(7);
  });

  test('of nothing is the colour of nothing', () => {
    expect(amountColor(0, light)).toEqual(light);
    expect(amountColor(0, dark)).toEqual(dark);
  });

  test('ends in viridis’ own ends', () => {
    expect(amountColor(1, dark)).toEqual([0xfd, 0xe7, 0x25]);
    expect(amountColor(1, light)).toEqual([0x44, 0x01, 0x54]);
  });
});

test('reads computed colours and writes pixels', () => {
  expect(parseRgb('rgb(23, 27, 33)')).toEqual([23, 27, 33]);
  const bytes = new Uint8Array(Uint32Array.of(pixel([1, 2, 3])).buffer);
  expect([...bytes]).toEqual([1, 2, 3, 255]);
});
